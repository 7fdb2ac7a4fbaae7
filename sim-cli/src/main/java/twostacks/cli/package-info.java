/** The command line: commands parse, delegate and print. */
package twostacks.cli;
