// The windows, labels and split that training uses.
process BASEWISE_DATASET {
    tag "${meta.id}"
    label 'process_low'
    maxRetries 3
    // 137: out of memory, more of it may help. All other exits (3 bad input, 130 interrupted, ...) would come again.
    errorStrategy { task.exitStatus == 137 ? 'retry' : 'finish' }

    input:
    tuple val(meta), path(sequences), path(genome, stageAs: 'genome/*'), path(negatives, stageAs: 'negatives/*')

    output:
    tuple val(meta), path("${prefix}.tsv"), emit: dataset
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
    export PATH="\$PATH:${moduleDir}/../../.."
    basewise dataset make '${sequences}' ${reference} ${others} ${args} \\
        --out '${prefix}.tsv' --threads ${task.cpus} ${heap} --quiet --force

    cat > versions.yml <<-END
    "${task.process}":
        basewise: \$(basewise --version | sed 's/^basewise //')
    END
    """

    stub:
    prefix = task.ext.prefix ?: meta.id
    """
    touch '${prefix}.tsv'
    printf '"%s":\\n    basewise: stub\\n' "${task.process}" > versions.yml
    """
}
