// Every site of motifs in a genome, whole or a part of it.
process BASEWISE_SCAN {
    tag "${meta.id}"
    label 'process_medium'
    maxRetries 3
    // 137: out of memory, more of it may help. All other exits (3 bad input, 130 interrupted, ...) would come again.
    errorStrategy { task.exitStatus == 137 ? 'retry' : 'finish' }

    input:
    tuple val(meta), path(motifs), path(genome), val(part), val(motif_part)
    val suffix

    output:
    tuple val(meta), path("${out}"), emit: hits
    path 'versions.yml', emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: meta.id
    def heap = task.memory ? "--memory ${(task.memory.toMega() * 3).intdiv(4)}m" : ''
    // Whole: a file of that suffix. A part (such as '2/8'): a folder for gather.
    def parts = (part ? "--part ${part} " : '') + (motif_part ? "--motif-part ${motif_part}" : '')
    out = parts ? "${prefix}.part-${part ?: '1/1'}-${motif_part ?: '1/1'}".replace('/', 'of') : "${prefix}.${suffix ?: 'bed.gz'}"
    """
    export PATH="\$PATH:${moduleDir}/../../.."
    basewise scan --motifs '${motifs}' --genome '${genome}' ${parts} ${args} \\
        --out '${out}' --threads ${task.cpus} ${heap} --quiet --force

    cat > versions.yml <<-END
    "${task.process}":
        basewise: \$(basewise --version | sed 's/^basewise //')
    END
    """

    stub:
    prefix = task.ext.prefix ?: meta.id
    out = part || motif_part ? "${prefix}.part-${part ?: '1/1'}-${motif_part ?: '1/1'}".replace('/', 'of') : "${prefix}.${suffix ?: 'bed.gz'}"
    """
    ${part || motif_part ? 'mkdir' : 'touch'} '${out}'
    printf '"%s":\\n    basewise: stub\\n' "${task.process}" > versions.yml
    """
}
