/** Tests of the report. */
@NullMarked
package basewise.report;

import org.jspecify.annotations.NullMarked;
