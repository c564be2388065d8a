# metafor: REML with Knapp-Hartung; tau squared, mean, its error. Usage: Rscript metafor.R POOL REPETITIONS
a <- commandArgs(TRUE); source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "yardstick.R"))
version <- needs("metafor"); suppressMessages(library(metafor))
p <- doubles(a[1]); k <- length(p) / 2; yi <- p[1:k]; vi <- p[k + 1:k]
measured(as.integer(a[2]), function() rma(yi, vi, method = "REML", test = "knha"), function(m) c(m$tau2, m$b, m$se), version)
