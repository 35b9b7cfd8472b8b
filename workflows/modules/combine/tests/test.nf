#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_COMBINE } from '../main'
include { BASEWISE_DISCOVER } from '../../discover/main'
include { BASEWISE_MOTIFS_MERGE } from '../../motifs_merge/main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_COMBINE {
    main:
    BASEWISE_DISCOVER(Channel.of([[id: 'planted'], shipped('workflows/assets/test/planted.fa.gz'), [], []]))
    BASEWISE_MOTIFS_MERGE(BASEWISE_DISCOVER.out.motifs.map { [[id: 'pooled'], [it[1]]] })
    BASEWISE_COMBINE(BASEWISE_DISCOVER.out.results
        .combine(BASEWISE_MOTIFS_MERGE.out.motifs).combine(BASEWISE_MOTIFS_MERGE.out.members)
        .map { meta, results, a, motifs, b, members -> [[id: 'report'], [results], motifs, members, [], ['absent']] })
    BASEWISE_COMBINE.out.report.subscribe { meta, html -> assert workflow.stubRun || html.text.contains('Without results: absent') }
}

workflow {
    TEST_COMBINE()
}
