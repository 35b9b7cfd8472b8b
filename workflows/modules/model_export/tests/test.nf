#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_MODEL_EXPORT } from '../main'
include { BASEWISE_TRAIN } from '../../train/main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_MODEL_EXPORT {
    main:
    BASEWISE_TRAIN(Channel.of([[id: 'planted'], shipped('workflows/assets/test/planted.fa.gz'), [], []]))
    BASEWISE_MODEL_EXPORT(BASEWISE_TRAIN.out.model)
    BASEWISE_MODEL_EXPORT.out.network.subscribe { meta, network -> assert workflow.stubRun || network.resolve('network.json').text.contains('convolution') }
}

workflow {
    TEST_MODEL_EXPORT()
}
