// Several motif files as one collection, similar motifs as one.
process BASEWISE_MOTIFS_MERGE {
    tag "${meta.id}"
    label 'process_single'
    maxRetries 3
    // 137: out of memory, more of it may help. All other exits (3 bad input, 130 interrupted, ...) would come again.
    errorStrategy { task.exitStatus == 137 ? 'retry' : 'finish' }

    input:
    tuple val(meta), path(motifs)

    output:
    tuple val(meta), path("${prefix}.meme"), emit: motifs
    tuple val(meta), path("${prefix}.members.tsv"), emit: members
    path 'versions.yml', emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: meta.id
    def heap = task.memory ? "--memory ${(task.memory.toMega() * 3).intdiv(4)}m" : ''
    def files = (motifs instanceof List ? motifs : [motifs]).collect { "'${it}'" }.join(' ')
    """
    export PATH="\$PATH:${moduleDir}/../../.."
    basewise motifs merge ${files} ${args} --members '${prefix}.members.tsv' \\
        --out '${prefix}.meme' --threads ${task.cpus} ${heap} --quiet --force

    cat > versions.yml <<-END
    "${task.process}":
        basewise: \$(basewise --version | sed 's/^basewise //')
    END
    """

    stub:
    prefix = task.ext.prefix ?: meta.id
    """
    touch '${prefix}.meme' '${prefix}.members.tsv'
    printf '"%s":\\n    basewise: stub\\n' "${task.process}" > versions.yml
    """
}
