using System.CommandLine;
using SiOutcomeLab.Cli.Analysing.Options;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Cli.Analysing.Studies;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab analyse effect</c>: one effect by the estimator of one's choice.</summary>
internal static class AnalyseEffectCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("effect", host.T(
            "Skatta en effekt: aipw dubbelt robust (labbets grundval), ipw, g-beräkning, regression, korsanpassat, jackknife eller bootstrap.",
            "Estimate an effect: aipw doubly robust (the lab's default), ipw, g-computation, regression, cross-fitted, jackknife or bootstrap."));
        var file = new InputOptions(host, command);
        var method = Choice<EffectMethod>.Create(
            host, "--method", host.T(
                "aipw; aipw-hajek med vikter som summerar till ett; ipw och ht (Hájek, Horvitz–Thompson); gcomp; regression; ipwra; cross-fit; jackknife (aipw utan varje rad); bootstrap (ipw); weighted (egna vikter i --weights).",
                "aipw; aipw-hajek with weights that add up to one; ipw and ht (Hájek, Horvitz–Thompson); gcomp; regression; ipwra; cross-fit; jackknife (aipw without each row); bootstrap (ipw); weighted (own weights in --weights)."),
            ("aipw", EffectMethod.Augmented), ("aipw-hajek", EffectMethod.AugmentedNormalised), ("ipw", EffectMethod.Weighted),
            ("ht", EffectMethod.HorvitzThompson), ("gcomp", EffectMethod.GComputation), ("regression", EffectMethod.Regression),
            ("ipwra", EffectMethod.WeightedRegression), ("cross-fit", EffectMethod.CrossFitted), ("jackknife", EffectMethod.Jackknife),
            ("bootstrap", EffectMethod.Bootstrap), ("weighted", EffectMethod.GivenWeights));
        var study = new StudyOptions(
            host, command, file, result => method.WordOf(result) is not ("gcomp" or "regression" or "weighted"), needsOutcome: true,
            weights: host.T(
                "Egna vikter, minst 0, för weighted, gcomp och regression.",
                "Own weights, at least 0, for weighted, gcomp and regression."));
        var estimand = Choice<Estimand>.Create(
            host, "--estimand", host.T("Vems effekt; ATO med ipw, ht och ipwra.", "Whose effect; ATO with ipw, ht and ipwra."),
            ("ATT", Estimand.Treated), ("ATE", Estimand.Everyone), ("ATC", Estimand.Untreated), ("ATO", Estimand.Overlap));
        var family = Choice<OutcomeFamily>.Create(
            host, "--outcome-type", host.T(
                "gcomp: gaussian linjär, binary logistisk, count Poisson, cost gamma med loglänk.", "gcomp: gaussian linear, binary logistic, count Poisson, cost gamma with log link."),
            ("gaussian", OutcomeFamily.Linear), ("binary", OutcomeFamily.Logistic), ("count", OutcomeFamily.Poisson), ("cost", OutcomeFamily.GammaLog));
        var form = Choice<RegressionForm>.Create(
            host, "--form", host.T(
                "gcomp och regression: en modell i varje arm (interacted), eller armen som kolumn (additive, vanlig regression).",
                "gcomp and regression: a model in either arm (interacted), or the arm as a column (additive, plain regression)."),
            ("interacted", RegressionForm.Interacted), ("additive", RegressionForm.Additive));
        var error = Choice<StandardErrorType>.Create(
            host, "--se", host.T(
                "Felet, för gcomp, regression och ipwra; med --cluster m eller cluster-hc1.",
                "The error, for gcomp, regression and ipwra; with --cluster m or cluster-hc1."),
            ("m", StandardErrorType.MEstimation), ("hc0", StandardErrorType.Hc0), ("hc1", StandardErrorType.Hc1), ("hc2", StandardErrorType.Hc2),
            ("hc3", StandardErrorType.Hc3), ("cluster-hc1", StandardErrorType.ClusterHc1));
        var propensity = Choice<PropensityKind>.Create(
            host, "--propensity", host.T("cross-fit: propensitymodellen.", "cross-fit: the propensity model."),
            ("logit", PropensityKind.Logistic), ("trees", PropensityKind.Trees), ("lasso", PropensityKind.Lasso));
        var folds = NumberOption.Whole(host, "--folds", host.T("cross-fit: antal delar.", "cross-fit: number of folds."), 2, 5);
        var replicates = NumberOption.Whole(host, "--replicates", host.T(
            "bootstrap: antal stickprov.",
            "bootstrap: number of samples."), 50, 1000);
        var seed = NumberOption.Whole(host, "--seed", host.T("Frö för cross-fit och bootstrap.", "Seed of cross-fit and bootstrap."), 0, 1);
        foreach (var option in new Option[]
        {
            method.Option, estimand.Option, family.Option, form.Option, error.Option, propensity.Option, folds, replicates, seed,
        }) command.Add(option);
        command.Validators.Add(result =>
        {
            var word = method.WordOf(result);
            Refuse(estimand.WordOf(result) == "ATO" && word is not ("ipw" or "ht" or "ipwra" or "bootstrap" or "weighted"), "ATO: --method ipw, ht, ipwra, bootstrap, weighted.");
            Refuse(estimand.WordOf(result) == "ATO" && word == "ht", host.T(
                "ht har ingen känd summa för ATO; välj ipw.",
                "ht has no known total for the ATO; choose ipw."));
            Refuse(family.WordOf(result) != "gaussian" && word != "gcomp", host.T(
                "--outcome-type gäller --method gcomp.",
                "--outcome-type is for --method gcomp."));
            Refuse(word is not ("gcomp" or "regression") && form.WordOf(result) != "interacted", host.T(
                "--form gäller gcomp och regression.",
                "--form is for gcomp and regression."));
            Refuse(word is not ("gcomp" or "regression" or "ipwra") && error.WordOf(result) != "m", host.T(
                "--se gäller gcomp, regression och ipwra.",
                "--se is for gcomp, regression and ipwra."));
            result.Only(host, word == "cross-fit", "--method cross-fit", propensity.Option, folds);
            result.Only(host, word == "bootstrap", "--method bootstrap", replicates);
            result.Only(host, word is "bootstrap" or "cross-fit", "--method bootstrap, cross-fit", seed);
            var hasWeights = result.Has("--weights");
            Refuse(hasWeights && word is not ("weighted" or "gcomp" or "regression"), host.T(
                "--weights gäller weighted, gcomp och regression.",
                "--weights is for weighted, gcomp and regression."));
            Refuse(!hasWeights && word == "weighted", host.T("--method weighted behöver --weights.", "--method weighted needs --weights."));
            var hasClusters = result.Has("--cluster");
            Refuse(hasClusters ? error.WordOf(result) is not ("m" or "cluster-hc1") : error.WordOf(result) == "cluster-hc1", host.T(
                "Med --cluster är --se m eller cluster-hc1; utan den inte cluster-hc1.", "With --cluster, --se is m or cluster-hc1; without it not cluster-hc1."));
            Refuse(
                word == "gcomp" && family.WordOf(result) != "gaussian" && error.WordOf(result) is "hc2" or "hc3",
                host.T("hc2 och hc3 gäller gaussian.", "hc2 and hc3 are for gaussian."));

            void Refuse(bool isWrong, string text)
            {
                if (isWrong) result.AddError(text);
            }
        });
        var plots = new PlotOptions(
            host, command, host.T(
                "Rita balansen före och efter (love plot) till en SVG-fil.",
                "Draw balance before and after (love plot) to an SVG file."), ReportPlots.Love, hasOverlap: true);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var choices = new EffectChoices
            {
                Method = method.Of(parse),
                MethodWord = method.WordOf(parse),
                Estimand = estimand.Of(parse),
                Family = family.Of(parse),
                FamilyWord = family.WordOf(parse),
                Form = form.Of(parse),
                Error = error.Of(parse),
                Propensity = propensity.Of(parse),
                Folds = parse.GetValue(folds),
                Replicates = parse.GetValue(replicates),
                Seed = parse.GetValue(seed),
                Level = file.Level(parse),
            };
            var rows = await StudyRows.ReadAsync(study.Columns(parse), cancellationToken);
            return await AnalyseCommand.FinishAsync(host, parse, file, plots, EffectAnalysis.Run(rows, choices, cancellationToken), cancellationToken);
        });
    }
}
