using System.Text.Json;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>How far apart two results are, number by number.</summary>
internal static class ResultDifference
{
    /// <summary>The largest relative difference between two numbers in the same place (absolute below 1); infinite when anything else differs.</summary>
    public static double Largest(EvaluationResult one, EvaluationResult other) =>
        Largest(JsonSerializer.SerializeToElement(one, DomainJson.Options), JsonSerializer.SerializeToElement(other, DomainJson.Options));

    private static double Largest(JsonElement one, JsonElement other)
    {
        if (one.ValueKind != other.ValueKind) return double.PositiveInfinity;
        switch (one.ValueKind)
        {
            case JsonValueKind.Object:
                var (properties, others) = (one.EnumerateObject().ToArray(), other.EnumerateObject().ToArray());
                return properties.Select(p => p.Name).SequenceEqual(others.Select(p => p.Name))
                    ? properties.Zip(others, (a, b) => Largest(a.Value, b.Value)).DefaultIfEmpty(0).Max()
                    : double.PositiveInfinity;
            case JsonValueKind.Array:
                return one.GetArrayLength() == other.GetArrayLength()
                    ? one.EnumerateArray().Zip(other.EnumerateArray(), Largest).DefaultIfEmpty(0).Max()
                    : double.PositiveInfinity;
            case JsonValueKind.Number:
                var (x, y) = (one.GetDouble(), other.GetDouble());
                return Math.Abs(x - y) / Math.Max(1, Math.Max(Math.Abs(x), Math.Abs(y)));
            default:
                return one.GetRawText() == other.GetRawText() ? 0 : double.PositiveInfinity;
        }
    }
}
