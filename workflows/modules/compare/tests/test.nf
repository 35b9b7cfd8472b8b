#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_COMPARE } from '../main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_COMPARE {
    main:
    BASEWISE_COMPARE(Channel.of([[id: 'three'], shipped('workflows/assets/test/three.meme'), []]))
    BASEWISE_COMPARE.out.matches.subscribe { meta, table -> assert workflow.stubRun || table.countLines() > 3 }
}

workflow {
    TEST_COMPARE()
}
