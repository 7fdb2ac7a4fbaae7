/** Where in the space of parameters something holds, and how little it takes that it no longer does. */
package twostacks.analysis.discovery;
