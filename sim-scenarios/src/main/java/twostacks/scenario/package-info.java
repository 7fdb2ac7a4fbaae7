/** What a user asks for: scenario files, read strictly. */
package twostacks.scenario;
