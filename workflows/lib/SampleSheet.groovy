import java.nio.file.Files
import java.nio.file.Path

/** The sample sheet: checked as a whole before anything runs; every mistake says line and column. */
class SampleSheet {
    static final List<String> COLUMNS = ['sample', 'sequences', 'genome', 'negatives', 'taxon']
    static final String REGIONS = /(?i).*\.(bed|narrowPeak|broadPeak)(\.gz)?/

    /**
     * The samples, in the sheet's order: maps of the columns, '' where there is nothing.
     * Paths are relative to the sheet's folder; addresses such as s3://... stay as they are.
     */
    static List<Map<String, String>> read(Path sheet) {
        if (!Files.exists(sheet)) {
            throw new IllegalArgumentException("${sheet}: no such sample sheet")
        }
        List<String> lines = Files.readAllLines(sheet)
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("${sheet}: is empty; its first line is ${COLUMNS.join(',')}")
        }
        List<String> head = cells(lines[0].replaceFirst('^\uFEFF', '')).collect { it.trim() }
        head.eachWithIndex { name, i ->
            if (!COLUMNS.contains(name)) {
                wrong(sheet, 1, i + 1, name, "is no column of a sample sheet (${COLUMNS.join(', ')})")
            }
            if (head.indexOf(name) != i) {
                wrong(sheet, 1, i + 1, name, 'is there twice')
            }
        }
        ['sample', 'sequences'].each { name ->
            if (!head.contains(name)) {
                wrong(sheet, 1, head.size() + 1, name, 'is missing')
            }
        }
        List<Map<String, String>> rows = []
        Map<String, Integer> seen = [:]
        lines.eachWithIndex { text, i ->
            if (i == 0 || text.trim().isEmpty()) {
                return
            }
            int line = i + 1
            List<String> given = cells(text)
            if (given.size() != head.size()) {
                int at = Math.min(given.size(), head.size()) + 1
                wrong(sheet, line, at, at <= head.size() ? head[at - 1] : '',
                    "${given.size()} cells, and the first line has ${head.size()}")
            }
            Map<String, String> row = COLUMNS.collectEntries { [it, ''] }
            head.eachWithIndex { name, c -> row[name] = given[c].trim() }
            Closure refuse = { String column, String problem ->
                wrong(sheet, line, head.indexOf(column) + 1, column, problem)
            }
            if (!(row.sample ==~ /[A-Za-z0-9][A-Za-z0-9._-]*/)) {
                refuse('sample', "'${row.sample}' is no name: letters, digits, and . _ - between them")
            }
            if (seen.containsKey(row.sample)) {
                refuse('sample', "'${row.sample}' is also in line ${seen[row.sample]}")
            }
            seen[row.sample] = line
            if (!row.sequences) {
                refuse('sequences', 'is empty')
            }
            ['sequences', 'genome', 'negatives'].each { column ->
                if (row[column] && !(column == 'negatives' && row[column] == 'labels')) {
                    row[column] = resolved(sheet, row[column])
                    if (!row[column].contains('://') && !Files.exists(Path.of(row[column]))) {
                        refuse(column, "no such file: ${row[column]}")
                    }
                }
            }
            if (row.sequences ==~ REGIONS && !row.genome) {
                int at = head.indexOf('genome')
                wrong(sheet, line, at < 0 ? head.size() + 1 : at + 1, 'genome', 'is empty, and regions need one')
            }
            rows << row
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("${sheet}:2: no sample")
        }
        return rows
    }

    private static String resolved(Path sheet, String name) {
        return name.contains('://') ? name : sheet.toAbsolutePath().parent.resolve(name).normalize().toString()
    }

    private static void wrong(Path sheet, int line, int column, String name, String problem) {
        throw new IllegalArgumentException("${sheet}:${line}: column ${column}${name ? " (${name})" : ''}: ${problem}")
    }

    /** The cells of a line; one in quotes may hold commas, and "" in it is a quote. */
    private static List<String> cells(String line) {
        List<String> out = []
        StringBuilder cell = new StringBuilder()
        boolean quoted = false
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i)
            if (quoted && c == '"' as char && i + 1 < line.length() && line.charAt(i + 1) == '"' as char) {
                cell.append(c)
                i++
            } else if (c == '"' as char) {
                quoted = !quoted
            } else if (c == ',' as char && !quoted) {
                out << cell.toString()
                cell.setLength(0)
            } else {
                cell.append(c)
            }
        }
        return out << cell.toString()
    }
}
