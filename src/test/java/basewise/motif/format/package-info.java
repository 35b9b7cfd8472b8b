/** Tests of motif files. */
package basewise.motif.format;
