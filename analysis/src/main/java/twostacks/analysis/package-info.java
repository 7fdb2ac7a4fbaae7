/** What result files say: it reads their columns and never the simulation that wrote them. */
package twostacks.analysis;
