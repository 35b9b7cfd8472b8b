#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_TRAIN } from '../main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_TRAIN {
    main:
    BASEWISE_TRAIN(Channel.of([[id: 'planted'], shipped('workflows/assets/test/planted.fa.gz'), [], []]))
    BASEWISE_TRAIN.out.model.subscribe { meta, model -> assert workflow.stubRun || model.size() > 1000 }
}

workflow {
    TEST_TRAIN()
}
