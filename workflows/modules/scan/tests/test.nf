#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_SCAN } from '../main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_SCAN {
    main:
    BASEWISE_SCAN(Channel.of([[id: 'lambda'], shipped('workflows/assets/test/three.meme'), shipped('genomes/examples/lambda_virus.fa.gz'), [], []]), 'bed.gz')
    BASEWISE_SCAN.out.hits.subscribe { meta, hits -> assert workflow.stubRun || hits.size() > 100 }
}

workflow {
    TEST_SCAN()
}
