#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_HITS } from '../main'
include { BASEWISE_PATTERNS } from '../../patterns/main'
include { BASEWISE_TRAIN } from '../../train/main'
include { BASEWISE_ATTRIBUTE } from '../../attribute/main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_HITS {
    main:
    BASEWISE_TRAIN(Channel.of([[id: 'ctcf'], shipped('genomes/examples/GM12878_CTCF_top500.fa.gz'), [], []]))
    BASEWISE_ATTRIBUTE(BASEWISE_TRAIN.out.model.map { meta, model -> [meta, model, shipped('genomes/examples/GM12878_CTCF_top500.fa.gz'), [], []] }, '')
    BASEWISE_PATTERNS(BASEWISE_ATTRIBUTE.out.sequences.join(BASEWISE_ATTRIBUTE.out.scores))
    scored = BASEWISE_ATTRIBUTE.out.sequences.join(BASEWISE_ATTRIBUTE.out.scores)
    BASEWISE_HITS(BASEWISE_PATTERNS.out.results.join(scored)
        .map { meta, patterns, sequences, scores -> [[id: 'hits'], patterns, sequences, scores, []] }, 'tsv')
    BASEWISE_HITS.out.hits.subscribe { meta, hits -> assert workflow.stubRun || hits.text.contains('hit_coefficient') && hits.countLines() > 1 }
}

workflow {
    TEST_HITS()
}
