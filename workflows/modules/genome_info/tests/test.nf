#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_GENOME_INFO } from '../main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_GENOME_INFO {
    main:
    BASEWISE_GENOME_INFO(Channel.of([[id: 'lambda'], shipped('genomes/examples/lambda_virus.fa.gz')]))
    BASEWISE_GENOME_INFO.out.contigs.subscribe { meta, table -> assert workflow.stubRun || table.text.contains('48502') }
}

workflow {
    TEST_GENOME_INFO()
}
