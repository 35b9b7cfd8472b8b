#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_PATTERNS } from '../main'
include { BASEWISE_TRAIN } from '../../train/main'
include { BASEWISE_ATTRIBUTE } from '../../attribute/main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_PATTERNS {
    main:
    BASEWISE_TRAIN(Channel.of([[id: 'ctcf'], shipped('genomes/examples/GM12878_CTCF_top500.fa.gz'), [], []]))
    BASEWISE_ATTRIBUTE(BASEWISE_TRAIN.out.model.map { meta, model -> [meta, model, shipped('genomes/examples/GM12878_CTCF_top500.fa.gz'), [], []] }, '')
    BASEWISE_PATTERNS(BASEWISE_ATTRIBUTE.out.sequences.join(BASEWISE_ATTRIBUTE.out.scores))
    BASEWISE_PATTERNS.out.motifs.subscribe { meta, motifs -> assert workflow.stubRun || motifs.text.contains('MOTIF ') }
}

workflow {
    TEST_PATTERNS()
}
