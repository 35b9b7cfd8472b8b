// Which bases mattered to a trained network.
process BASEWISE_ATTRIBUTE {
    tag "${meta.id}"
    label 'process_high'
    maxRetries 3
    // 137: out of memory, more of it may help. All other exits (3 bad input, 130 interrupted, ...) would come again.
    errorStrategy { task.exitStatus == 137 ? 'retry' : 'finish' }

    input:
    tuple val(meta), path(model), path(sequences), path(genome, stageAs: 'genome/*'), val(part)
    val suffix

    output:
    tuple val(meta), path("${out}"), emit: scores
    tuple val(meta), path("${prefix}.ohe.npz"), emit: sequences, optional: true
    tuple val(meta), path("${prefix}.completeness.tsv"), emit: completeness, optional: true
    path 'versions.yml', emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: meta.id
    def heap = task.memory ? "--memory ${(task.memory.toMega() * 3).intdiv(4)}m" : ''
    def reference = genome ? "--genome '${genome}'" : ''
    // Whole: a file of that suffix. A part (such as '2/8'): a folder for gather.
    def options = part ? "--part ${part}" : ''
    out = part ? "${prefix}.part-${part}".replace('/', 'of') : "${prefix}.${suffix ?: 'npz'}"
    """
    export PATH="\$PATH:${moduleDir}/../../.."
    basewise attribute '${model}' '${sequences}' ${reference} ${options} ${args} \\
        --out '${out}' --threads ${task.cpus} ${heap} --quiet --force

    cat > versions.yml <<-END
    "${task.process}":
        basewise: \$(basewise --version | sed 's/^basewise //')
    END
    """

    stub:
    prefix = task.ext.prefix ?: meta.id
    out = part ? "${prefix}.part-${part}".replace('/', 'of') : "${prefix}.${suffix ?: 'npz'}"
    """
    ${part ? 'mkdir' : 'touch'} '${out}'
    printf '"%s":\\n    basewise: stub\\n' "${task.process}" > versions.yml
    """
}
