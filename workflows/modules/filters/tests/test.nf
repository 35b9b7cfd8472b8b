#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_FILTERS } from '../main'
include { BASEWISE_TRAIN } from '../../train/main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_FILTERS {
    main:
    BASEWISE_TRAIN(Channel.of([[id: 'planted'], shipped('workflows/assets/test/planted.fa.gz'), [], []]))
    BASEWISE_FILTERS(BASEWISE_TRAIN.out.model.map { meta, model -> [meta, model, shipped('workflows/assets/test/planted.fa.gz'), [], []] })
    BASEWISE_FILTERS.out.motifs.subscribe { meta, motifs -> assert workflow.stubRun || motifs.text.contains('MEME version') }
}

workflow {
    TEST_FILTERS()
}
