#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_DATASET } from '../main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_DATASET {
    main:
    BASEWISE_DATASET(Channel.of([[id: 'planted'], shipped('workflows/assets/test/planted.fa.gz'), [], []]))
    BASEWISE_DATASET.out.dataset.subscribe { meta, table -> assert workflow.stubRun || table.countLines() > 100 }
}

workflow {
    TEST_DATASET()
}
