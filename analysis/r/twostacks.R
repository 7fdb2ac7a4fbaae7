# Reads results of twostacks into data frames, typed as datapackage.json beside the tables says.
#
#   source("analysis/r/twostacks.R")
#   run <- read_results("results/baseline")
#   world <- run$table("world")
#
# Needs R 4 or newer and the package jsonlite.

# Opens a directory of results: of a run, a comparison, a sweep, a hindcast, or a part of one.
#
# Gives a list: about (what twostacks says about them), names of the tables, table(name) for a data frame, columns(name)
# for type, unit and meaning of its columns, and inside(folder) for results in a folder of these. Months are dates of
# their first day; missing values are NA.
read_results <- function(path) {
  described <- file.path(path, "datapackage.json")
  if (!file.exists(described)) {
    stop(path, " holds no results: it has no datapackage.json")
  }
  package <- jsonlite::fromJSON(described, simplifyVector = FALSE)
  package$resources <- Filter(function(r) !is.null(r$schema$fields), package$resources)
  names <- vapply(package$resources, function(r) r$name, "")
  resource <- function(name) {
    if (!name %in% names) {
      stop(path, " has no table '", name, "'; it has ", paste(names, collapse = ", "))
    }
    package$resources[[match(name, names)]]
  }
  list(
    title = package$title,
    about = package$twostacks,
    names = names,
    columns = function(name) {
      fields <- resource(name)$schema$fields
      told <- function(key) vapply(fields, function(f) if (is.null(f[[key]])) "" else f[[key]], "")
      data.frame(name = told("name"), type = told("type"), unit = told("unit"), meaning = told("description"))
    },
    inside = function(folder) read_results(file.path(path, folder)),
    table = function(name) read_typed(path, resource(name))
  )
}

read_typed <- function(path, resource) {
  fields <- resource$schema$fields
  types <- vapply(fields, function(f) f$type, "")
  classes <- ifelse(types %in% c("number", "integer"), "numeric", ifelse(types == "boolean", "logical", "character"))
  file <- file.path(path, resource$path) # read.csv unpacks .gz by itself
  table <- read.csv(file, colClasses = classes, na.strings = "", check.names = FALSE, row.names = NULL,
                    encoding = "UTF-8")
  if (!identical(names(table), vapply(fields, function(f) f$name, "")) || nrow(table) != resource$rows) {
    stop(file, " is not as it was written; make it again")
  }
  for (i in seq_along(types)) {
    if (types[i] == "yearmonth") {
      table[[i]] <- as.Date(paste0(table[[i]], "-01"))
    } else if (types[i] == "integer" && all(abs(table[[i]]) <= .Machine$integer.max, na.rm = TRUE)) {
      table[[i]] <- as.integer(table[[i]])
    }
  }
  table
}
