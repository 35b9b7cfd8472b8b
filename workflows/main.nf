#!/usr/bin/env nextflow
// Samples of bound sequences -> motifs of each -> one collection -> its sites in a genome -> one report.

include { BASEWISE_DISCOVER     } from './modules/discover/main'
include { BASEWISE_MOTIFS_MERGE } from './modules/motifs_merge/main'
include { BASEWISE_SCAN         } from './modules/scan/main'
include { BASEWISE_GATHER       } from './modules/gather/main'
include { BASEWISE_COMBINE      } from './modules/combine/main'

workflow BASEWISE {
    take:
    samples      // tuples: meta (id, taxon, negatives), sequences, genome or [], negatives or []
    names        // names of all samples, in the order of the report
    scan_genome  // a file, or null: no scan

    main:
    BASEWISE_DISCOVER(samples)

    // In the order of names, not of arrival: the same samples give the same bytes.
    found = BASEWISE_DISCOVER.out.results
        .join(BASEWISE_DISCOVER.out.motifs)
        .toSortedList { a, b -> a[0].id <=> b[0].id }
        .filter { it }
    BASEWISE_MOTIFS_MERGE(found.map { all -> [[id: 'pooled'], all.collect { it[2] }] })

    counts = Channel.value([])
    sites = Channel.empty()
    scanned = Channel.empty()
    if (scan_genome) {
        // The grid of genome shares and motif shares; never more of the latter than there are motifs.
        grid = BASEWISE_MOTIFS_MERGE.out.motifs.flatMap { meta, motifs ->
            int most = Math.max(1, motifs.text.readLines().count { it.startsWith('MOTIF') })
            int n = params.scan_parts as int
            int m = Math.min(params.scan_motif_parts as int, most)
            (1..n).collectMany { i -> (1..m).collect { j -> [meta, motifs, scan_genome, "${i}/${n}".toString(), "${j}/${m}".toString()] } }
        }
        BASEWISE_SCAN(grid, params.scan_format)
        BASEWISE_GATHER(
            BASEWISE_SCAN.out.hits.toSortedList { a, b -> a[1].name <=> b[1].name }
                .filter { it }
                .map { all -> [[id: 'sites'], all.collect { it[1] }] },
            params.scan_format)
        counts = BASEWISE_GATHER.out.counts.map { it[1] }
        sites = BASEWISE_GATHER.out.hits
        scanned = BASEWISE_SCAN.out.versions.mix(BASEWISE_GATHER.out.versions)
    }

    BASEWISE_COMBINE(
        found.combine(BASEWISE_MOTIFS_MERGE.out.motifs.map { it[1] }.map { [it] })
            .map { row -> row }
            .map { row -> [row.init(), row.last()] }
            .combine(BASEWISE_MOTIFS_MERGE.out.members.map { it[1] })
            .combine(counts.map { [it] })
            .map { all, motifs, members, table ->
                def here = all.collect { it[0].id }
                [[id: 'report'], all.collect { it[1] }, motifs, members, table, names.findAll { !(it in here) }]
            })

    versions = BASEWISE_DISCOVER.out.versions
        .mix(BASEWISE_MOTIFS_MERGE.out.versions, scanned, BASEWISE_COMBINE.out.versions)

    emit:
    motifs   = BASEWISE_MOTIFS_MERGE.out.motifs
    sites    = sites
    report   = BASEWISE_COMBINE.out.report
    versions = versions
}

workflow {
    def schema = file("${projectDir}/nextflow_schema.json")
    if (params.help) {
        println Help.text(schema)
        return
    }
    Help.unknown(schema, params).each { log.warn "--${it} is no parameter of this workflow; see --help" }
    if (!params.input || !params.outdir) {
        error "--input sheet.csv and --outdir DIR are needed; --help lists the rest"
    }
    def rows
    try {
        rows = SampleSheet.read(file(params.input).toAbsolutePath())
    } catch (IllegalArgumentException wrong) {
        error wrong.message
    }
    def genomes = rows.collect { it.genome }.findAll { it }.unique()
    def scan_genome = params.scan_genome ?: (genomes.size() == 1 ? genomes[0] : null)
    if (!scan_genome) {
        log.info "No scan: the sheet names ${genomes.size()} genomes; --scan_genome chooses one"
    }
    samples = Channel.fromList(rows.collect { row ->
        [
            [id: row.sample, taxon: row.taxon, negatives: row.negatives == 'labels' ? 'labels' : ''],
            file(row.sequences),
            row.genome ? file(row.genome) : [],
            row.negatives && row.negatives != 'labels' ? file(row.negatives) : [],
        ]
    })
    BASEWISE(samples, rows.collect { it.sample }, scan_genome ? file(scan_genome, checkIfExists: true) : null)
    BASEWISE.out.versions
        .map { it.text }
        .unique()
        .collectFile(name: 'versions.yml', storeDir: "${params.outdir}/pipeline_info", sort: true)
}
