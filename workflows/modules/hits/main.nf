// Where patterns act, as Fi-NeMo calls them.
process BASEWISE_HITS {
    tag "${meta.id}"
    label 'process_high'
    maxRetries 3
    // 137: out of memory, more of it may help. All other exits (3 bad input, 130 interrupted, ...) would come again.
    errorStrategy { task.exitStatus == 137 ? 'retry' : 'finish' }

    input:
    tuple val(meta), path(patterns), path(sequences), path(scores), path(regions, stageAs: 'regions/*')
    val suffix

    output:
    tuple val(meta), path("${prefix}.${ending}"), emit: hits
    tuple val(meta), path("${prefix}.${ending}.{tbi,csi}"), emit: index, optional: true
    tuple val(meta), path("${prefix}.patterns.tsv"), emit: recall
    tuple val(meta), path("${prefix}.qc.tsv"), emit: qc
    path 'versions.yml', emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: meta.id
    def heap = task.memory ? "--memory ${(task.memory.toMega() * 3).intdiv(4)}m" : ''
    ending = suffix ?: 'tsv'
    def places = regions ? "--regions '${regions}'" : ''
    """
    export PATH="\$PATH:${moduleDir}/../../.."
    basewise hits '${patterns}' --sequences '${sequences}' --scores '${scores}' ${places} ${args} \\
        --out '${prefix}.${ending}' --threads ${task.cpus} ${heap} --quiet --force

    cat > versions.yml <<-END
    "${task.process}":
        basewise: \$(basewise --version | sed 's/^basewise //')
    END
    """

    stub:
    prefix = task.ext.prefix ?: meta.id
    ending = suffix ?: 'tsv'
    """
    touch '${prefix}.${ending}' '${prefix}.patterns.tsv' '${prefix}.qc.tsv'
    printf '"%s":\\n    basewise: stub\\n' "${task.process}" > versions.yml
    """
}
