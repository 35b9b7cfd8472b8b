// The whole of a scan, or of scores, from all its parts, checked.
process BASEWISE_GATHER {
    tag "${meta.id}"
    label 'process_single'
    maxRetries 3
    // 137: out of memory, more of it may help. All other exits (3 bad input, 130 interrupted, ...) would come again.
    errorStrategy { task.exitStatus == 137 ? 'retry' : 'finish' }

    input:
    tuple val(meta), path(parts, stageAs: 'parts/*')
    val suffix

    output:
    tuple val(meta), path("${prefix}.${ending}"), emit: hits
    tuple val(meta), path("${prefix}.${ending}.{tbi,csi}"), emit: index, optional: true
    tuple val(meta), path("${prefix}.counts.tsv"), emit: counts, optional: true
    tuple val(meta), path("${prefix}.completeness.tsv"), emit: completeness, optional: true
    tuple val(meta), path("${prefix}.ohe.npz"), emit: sequences, optional: true
    path 'versions.yml', emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: meta.id
    def heap = task.memory ? "--memory ${(task.memory.toMega() * 3).intdiv(4)}m" : ''
    ending = suffix ?: 'bed.gz'
    """
    export PATH="\$PATH:${moduleDir}/../../.."
    # Parts of a scan hold counts, parts of scores none.
    set -- parts/*
    basewise gather parts/* ${args} \$([ ! -e "\$1/counts.tsv" ] || echo "--counts ${prefix}.counts.tsv") \\
        --out '${prefix}.${ending}' --threads ${task.cpus} ${heap} --quiet --force

    cat > versions.yml <<-END
    "${task.process}":
        basewise: \$(basewise --version | sed 's/^basewise //')
    END
    """

    stub:
    prefix = task.ext.prefix ?: meta.id
    ending = suffix ?: 'bed.gz'
    """
    touch '${prefix}.${ending}' '${prefix}.counts.tsv'
    printf '"%s":\\n    basewise: stub\\n' "${task.process}" > versions.yml
    """
}
