// From bound sequences or regions to judged and named motifs.
process BASEWISE_DISCOVER {
    tag "${meta.id}"
    label 'process_high'
    maxRetries 3
    // 137: out of memory, more of it may help. All other exits (3 bad input, 130 interrupted, ...) would come again.
    errorStrategy { task.exitStatus == 137 ? 'retry' : 'finish' }

    input:
    tuple val(meta), path(sequences), path(genome, stageAs: 'genome/*'), path(negatives, stageAs: 'negatives/*')

    output:
    tuple val(meta), path("${prefix}"), emit: results
    tuple val(meta), path("${prefix}.meme"), emit: motifs
    tuple val(meta), path("${prefix}/report.html"), emit: report
    path 'versions.yml', emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: meta.id
    def heap = task.memory ? "--memory ${(task.memory.toMega() * 3).intdiv(4)}m" : ''
    def reference = genome ? "--genome '${genome}'" : ''
    def others = negatives ? "--negatives '${negatives}'" : ''
    """
    # A killed engine leaves the folder of its task, and comes back to it: go on where that stood.
    export PATH="\$PATH:${moduleDir}/../../.."
    basewise discover '${sequences}' ${reference} ${others} ${args} \\
        --out '${prefix}' --threads ${task.cpus} ${heap} --quiet \\
        \$([ ! -e '${prefix}.checkpoint' ] || echo --resume) --force
    cp '${prefix}/motifs.meme' '${prefix}.meme'

    cat > versions.yml <<-END
    "${task.process}":
        basewise: \$(basewise --version | sed 's/^basewise //')
    END
    """

    stub:
    prefix = task.ext.prefix ?: meta.id
    """
    mkdir '${prefix}'
    printf 'rank\\tmotif_id\\tevalue\\tmatch_name\\n' > '${prefix}/motifs.tsv'
    touch '${prefix}/motifs.meme' '${prefix}/report.html' '${prefix}.meme'
    printf '"%s":\\n    basewise: stub\\n' "${task.process}" > versions.yml
    """
}
