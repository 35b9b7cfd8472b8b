#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_DISCOVER } from '../main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_DISCOVER {
    main:
    BASEWISE_DISCOVER(Channel.of([[id: 'planted'], shipped('workflows/assets/test/planted.fa.gz'), [], []]))
    BASEWISE_DISCOVER.out.motifs.subscribe { meta, motifs -> assert workflow.stubRun || motifs.text.contains('MOTIF') }
}

workflow {
    TEST_DISCOVER()
}
