/** Tests of motifs. */
package basewise.motif;
