#!/usr/bin/env nextflow
// This step alone, on data that ship.
include { BASEWISE_GATHER } from '../main'
include { BASEWISE_SCAN } from '../../scan/main'

def shipped(name) { file("${moduleDir}/../../../../${name}", checkIfExists: true) }

def lines(zipped) { new java.util.zip.GZIPInputStream(zipped.newInputStream()).readLines() }

workflow TEST_GATHER {
    main:
    // Two shares of the genome by two of the motifs, and one piece: the same text.
    BASEWISE_SCAN(Channel.of(['1/2', '1/2'], ['1/2', '2/2'], ['2/2', '1/2'], ['2/2', '2/2'], [[], []])
        .map { part, motifs -> [[id: 'lambda'], shipped('workflows/assets/test/three.meme'), shipped('genomes/examples/lambda_virus.fa.gz'), part, motifs] }, 'bed.gz')
    found = BASEWISE_SCAN.out.hits.branch { part: it[1].name.contains('part'); whole: true }
    BASEWISE_GATHER(found.part.toSortedList { a, b -> a[1].name <=> b[1].name }.map { all -> [[id: 'sites'], all.collect { it[1] }] }, 'bed.gz')
    BASEWISE_GATHER.out.hits.combine(found.whole).subscribe { meta, gathered, other, whole ->
        assert workflow.stubRun || lines(gathered) == lines(whole)
    }
}

workflow {
    TEST_GATHER()
}
