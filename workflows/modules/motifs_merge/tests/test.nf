#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_MOTIFS_MERGE } from '../main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_MOTIFS_MERGE {
    main:
    BASEWISE_MOTIFS_MERGE(Channel.of([[id: 'pooled'], [shipped('workflows/assets/test/three.meme')]]))
    BASEWISE_MOTIFS_MERGE.out.motifs.subscribe { meta, motifs -> assert workflow.stubRun || motifs.text.contains('MOTIF') }
}

workflow {
    TEST_MOTIFS_MERGE()
}
