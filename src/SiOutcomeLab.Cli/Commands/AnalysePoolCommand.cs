using System.CommandLine;
using SiOutcomeLab.Cli.Analysing.Options;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Cli.Analysing.Pools;
using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab analyse pool</c>: meta-analysis of estimates and their variances.</summary>
internal static class AnalysePoolCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("pool", host.T(
            "Väg samman skattningar med kända varianser, som metafors rma: medeleffekt, tau², I², Q och prediktionsintervall.",
            "Pool estimates of known variances, as metafor's rma: mean effect, tau², I², Q and prediction interval."));
        var file = new InputOptions(host, command, new("källa", "source"));
        var estimate = Column("--estimate", host.T("Skattningen.", "The estimate."));
        estimate.Required = true;
        var variance = Column("--variance", host.T("Dess varians (felet i kvadrat).", "Its variance (squared error)."));
        var error = Column("--standard-error", host.T("Dess fel, i stället för variansen.", "Its error, instead of the variance."));
        var label = Column("--label", host.T("Namn på källan.", "Name of the source."));
        var cluster = Column("--cluster", host.T(
            "Källor som hänger ihop: klusterrobusta fel (CR1).",
            "Sources that depend on each other: cluster-robust errors (CR1)."));
        var moderators = NameList.Create("--moderators", host.T(
            "Tal som kan förklara skillnader.",
            "Numbers that may explain differences."));
        var categorical = NameList.Create("--categorical", host.T(
            "Grupper som kan förklara skillnader.",
            "Groups that may explain differences."));
        var method = Choice<HeterogeneityMethod>.Create(
            host, "--method", host.T("Hur tau² skattas.", "How tau² is estimated."),
            ("REML", HeterogeneityMethod.RestrictedMaximumLikelihood), ("DL", HeterogeneityMethod.DerSimonianLaird),
            ("PM", HeterogeneityMethod.PauleMandel), ("ML", HeterogeneityMethod.MaximumLikelihood), ("EB", HeterogeneityMethod.EmpiricalBayes),
            ("HS", HeterogeneityMethod.HunterSchmidt), ("SJ", HeterogeneityMethod.SidikJonkman), ("HE", HeterogeneityMethod.Hedges),
            ("FE", HeterogeneityMethod.FixedEffect));
        var test = Choice<PoolingTest>.Create(
            host, "--test", host.T(
                "z normalfördelning; knha Hartung–Knapp; adhoc detsamma, aldrig snävare än z.",
                "z normal; knha Hartung–Knapp; adhoc the same, never narrower than z."),
            ("z", PoolingTest.Normal), ("knha", PoolingTest.HartungKnapp), ("adhoc", PoolingTest.HartungKnappAdHoc));
        var knapp = new Option<bool>("--knapp-hartung") { Description = host.T("Detsamma som --test knha.", "The same as --test knha.") };
        var prediction = Choice<PredictionKind>.Create(
            host, "--prediction", host.T(
                "Prediktionsintervallets kvantil: test (testets egen, som metafor: normal, eller t med k − p) eller hts (t med k − p − 1).",
                "The prediction interval's quantile: test (the test's own, as metafor: normal, or t with k − p) or hts (t with k − p − 1)."),
            ("test", PredictionKind.AsTest), ("hts", PredictionKind.HigginsThompsonSpiegelhalter));
        var average = new Option<bool>("--average-tau")
        {
            Description = host.T(
                "Räkna källornas egna effekter och en ytterligare källas med tau² okänt (referensprior), som hubben gör, i stället för med tau² som känt.",
                "Tell sources' own effects and a further one's with tau² unknown (reference prior), as the hub does, instead of with tau² as known."),
        };
        foreach (var option in new Option[]
        {
            estimate, variance, error, label, cluster, moderators, categorical, method.Option, test.Option, knapp, prediction.Option, average,
        }) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.Has(variance) == result.Has(error))
            {
                result.AddError(host.T("Ge --variance eller --standard-error.", "Give --variance or --standard-error."));
            }

            if (result.Has(average) && (result.Has(prediction.Option) || result.Has(moderators) || result.Has(categorical) || method.WordOf(result) == "FE"))
            {
                result.AddError(host.T(
                    "Ge --average-tau utan --prediction, --moderators, --categorical och --method FE.",
                    "Give --average-tau without --prediction, --moderators, --categorical and --method FE."));
            }

            if (result.Has(knapp) && test.WordOf(result) == "adhoc")
            {
                result.AddError(host.T(
                    "Ge --knapp-hartung eller --test adhoc, inte båda.",
                    "Give --knapp-hartung or --test adhoc, not both."));
            }
        });
        var plots = new PlotOptions(
            host, command, host.T(
                "Rita skattningarna och medlet (forest plot) till en SVG-fil.",
                "Draw the estimates and their mean (forest plot) to an SVG file."), ReportPlots.Forest);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var isKnapp = parse.GetValue(knapp);
            var choices = new PoolChoices
            {
                Data = file.Path(parse),
                Separator = file.Separator(parse),
                Estimate = parse.GetRequiredValue(estimate)!,
                Variance = parse.GetValue(variance),
                StandardError = parse.GetValue(error),
                Label = parse.GetValue(label),
                Cluster = parse.GetValue(cluster),
                Moderators = NameList.Of(parse, moderators),
                Categorical = NameList.Of(parse, categorical),
                MethodWord = method.WordOf(parse),
                TestWord = isKnapp ? "knha" : test.WordOf(parse),
                Options = new() { Method = method.Of(parse), Test = isKnapp ? PoolingTest.HartungKnapp : test.Of(parse), Level = file.Level(parse) },
                Prediction = prediction.Of(parse),
                AveragesTau = parse.GetValue(average),
            };
            var read = await PoolFile.ReadAsync(choices, cancellationToken);
            return await AnalyseCommand.FinishAsync(host, parse, file, plots, PoolAnalysis.Run(read, choices), cancellationToken);
        });

        static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
    }
}
