using System.Text.Json;
using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>Balance and overlap as JSON.</summary>
internal static class BalanceJson
{
    public static void Write(Utf8JsonWriter json, BalanceTable balance, IReadOnlyList<BalanceTable> others)
    {
        json.WriteString("smdDenominator", ReportJson.Camel(balance.Denominator.ToString()));
        json.WriteStartArray("balance");
        for (var i = 0; i < balance.Covariates.Count; i++)
        {
            var covariate = balance.Covariates[i];
            json.WriteStartObject();
            json.WriteString("name", covariate.Name);
            json.WriteString("kind", ReportJson.Camel(covariate.Kind.ToString()));
            WriteArms(json, "before", covariate.Before, others, i, after: false);
            WriteArms(json, "after", covariate.After, others, i, after: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, Overlap overlap)
    {
        WriteShares(json, "scoreSharesTreated", overlap.TreatedShares);
        WriteShares(json, "scoreSharesComparison", overlap.ComparisonShares);
    }

    private static void WriteShares(Utf8JsonWriter json, string name, IReadOnlyList<double> shares)
    {
        json.WriteStartArray(name);
        foreach (var share in shares) json.WriteNumberValue(share);
        json.WriteEndArray();
    }

    private static void WriteArms(
        Utf8JsonWriter json, string name, ArmComparison arms, IReadOnlyList<BalanceTable> others, int covariate, bool after)
    {
        json.WriteStartObject(name);
        ReportJson.Number(json, "meanTreated", arms.MeanTreated);
        ReportJson.Number(json, "meanComparison", arms.MeanComparison);
        ReportJson.Number(json, "sdTreated", arms.DeviationTreated);
        ReportJson.Number(json, "sdComparison", arms.DeviationComparison);
        ReportJson.Number(json, "rawDifference", arms.RawDifference);
        ReportJson.Number(json, "smd", arms.Smd);
        ReportJson.Number(json, "smdStandardError", arms.SmdStandardError);
        ReportJson.Number(json, "varianceRatio", arms.VarianceRatio ?? double.NaN);
        ReportJson.Number(json, "ks", arms.KolmogorovSmirnov);
        if (arms.MeanEcdfDifference is { } mean) ReportJson.Number(json, "meanEcdfDifference", mean);
        if (arms.OverlapComplement is { } complement) ReportJson.Number(json, "overlapComplement", complement);
        if (others.Count > 0)
        {
            json.WriteStartObject("smdByDenominator");
            foreach (var other in others)
            {
                var each = other.Covariates[covariate];
                ReportJson.Number(json, ReportJson.Camel(other.Denominator.ToString()), (after ? each.After : each.Before).Smd);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
