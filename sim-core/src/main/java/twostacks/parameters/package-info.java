/**
 * The parameters of the model: {@link twostacks.parameters.ModelParameters} is the one home of each; the registry that
 * everything else derives from is {@link twostacks.parameters.ParameterSpace}. Depends on nothing of the project.
 */
package twostacks.parameters;
