// Motifs from the filters of a trained network.
process BASEWISE_FILTERS {
    tag "${meta.id}"
    label 'process_high'
    maxRetries 3
    // 137: out of memory, more of it may help. All other exits (3 bad input, 130 interrupted, ...) would come again.
    errorStrategy { task.exitStatus == 137 ? 'retry' : 'finish' }

    input:
    tuple val(meta), path(model), path(sequences), path(genome, stageAs: 'genome/*'), path(negatives, stageAs: 'negatives/*')

    output:
    tuple val(meta), path("${prefix}"), emit: results
    tuple val(meta), path("${prefix}/motifs.meme"), emit: motifs
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
    basewise filters '${model}' '${sequences}' ${reference} ${others} ${args} \\
        --out '${prefix}' --threads ${task.cpus} ${heap} --quiet --force

    cat > versions.yml <<-END
    "${task.process}":
        basewise: \$(basewise --version | sed 's/^basewise //')
    END
    """

    stub:
    prefix = task.ext.prefix ?: meta.id
    """
    mkdir '${prefix}'
    touch '${prefix}/motifs.meme'
    printf '"%s":\\n    basewise: stub\\n' "${task.process}" > versions.yml
    """
}
