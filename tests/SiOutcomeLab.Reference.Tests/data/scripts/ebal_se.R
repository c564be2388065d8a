# M-estimation error of the entropy-balanced difference on lalonde, base R only. Run in the folder of lalonde.csv.
# First number: treated covariate means taken as known (what WeightIt reports). Second: treated means estimated as well.
d <- read.csv("lalonde.csv"); t <- d$treat; Y <- d$re78
X <- model.matrix(~ age + educ + race + married + nodegree + re74 + re75, within(d, race <- relevel(factor(race), "black")))[, -1]
Z <- scale(X); Z <- sweep(Z, 2, colMeans(Z[t == 1, ])); lam <- rep(0, ncol(Z))
for (i in 1:30) { w <- exp(drop(Z %*% lam)) * (1 - t); p <- w / sum(w); g <- colSums(p * Z); lam <- lam - solve(crossprod(Z * p, Z) - tcrossprod(g), g) }
n1 <- sum(t); w <- (1 - t) * p * n1; m1 <- mean(Y[t == 1]); m0 <- sum(w * Y) / n1
own <- t * (Y - m1) / n1 - w * (Y - m0) / n1
z <- drop(Z %*% solve(crossprod(Z * w, Z), -colSums(w * Z * (Y - m0)) / n1))
cat(sprintf("%.12g\n", c(m1 - m0, sqrt(sum((own - w * z)^2)), sqrt(sum((own + (t - w) * z)^2)))))
