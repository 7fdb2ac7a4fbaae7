/** A page on this machine that runs a small world again while parameters are moved. */
package twostacks.cli.explore;
