import groovy.json.JsonSlurper
import java.nio.file.Path

/** What --help prints, from nextflow_schema.json, so that there is one list of parameters. */
class Help {
    static String text(Path schema) {
        StringBuilder out = new StringBuilder('nextflow run main.nf --input sheet.csv --outdir DIR [options]\n')
        Map groups = (Map) ((Map) new JsonSlurper().parse(schema.toFile()))['$defs']
        groups.each { key, group ->
            out << "\n${group.title}\n"
            group.properties.each { name, about ->
                String initial = about.containsKey('default') ? " (default: ${about['default']})" : ''
                out << "  --${name.padRight(18)} ${about.description}${initial}\n"
            }
        }
        return out.toString()
    }

    /** Parameters that the schema does not know. */
    static List<String> unknown(Path schema, Map given) {
        Map groups = (Map) ((Map) new JsonSlurper().parse(schema.toFile()))['$defs']
        Set<String> known = groups.values().collectMany { it.properties.keySet() } as Set
        return given.keySet().findAll { !known.contains(it) && !it.contains('-') }.sort()
    }
}
