#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_ATTRIBUTE } from '../main'
include { BASEWISE_TRAIN } from '../../train/main'
include { BASEWISE_GATHER } from '../../gather/main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

workflow TEST_ATTRIBUTE {
    main:
    BASEWISE_TRAIN(Channel.of([[id: 'planted'], shipped('workflows/assets/test/planted.fa.gz'), [], []]))
    // In two shares and in one piece: the same bytes.
    work = BASEWISE_TRAIN.out.model.flatMap { meta, model -> ['1/2', '2/2', []].collect { [meta, model, shipped('workflows/assets/test/planted.fa.gz'), [], it] } }
    BASEWISE_ATTRIBUTE(work, 'npz')
    found = BASEWISE_ATTRIBUTE.out.scores.branch { part: it[1].name.contains('part'); whole: true }
    BASEWISE_GATHER(found.part.toSortedList { a, b -> a[1].name <=> b[1].name }.map { all -> [[id: 'scores'], all.collect { it[1] }] }, 'npz')
    BASEWISE_GATHER.out.hits.combine(found.whole).subscribe { meta, gathered, other, whole -> assert gathered.bytes == whole.bytes }
}

workflow {
    TEST_ATTRIBUTE()
}
