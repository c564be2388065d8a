using System.Text.Json;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>Results at full precision as bytes and back: the same result gives the same bytes.</summary>
internal static class EvaluationResults
{
    public static byte[] Encode(EvaluationResult result) => JsonSerializer.SerializeToUtf8Bytes(result, DomainJson.Options);

    /// <summary>A result without the parts that another, made before there were such parts, does not have.</summary>
    public static EvaluationResult WithPartsOf(EvaluationResult earlier, EvaluationResult result) => earlier.Attrition is null
        ? result with { Received = null, Attrition = null, EventStudy = null, Spread = null }
        : earlier.EventStudy is null && earlier.Spread is null ? result with { EventStudy = null, Spread = null } : result;

    /// <exception cref="JsonException">The bytes are not a result.</exception>
    public static EvaluationResult Decode(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<EvaluationResult>(bytes, DomainJson.Options) ?? throw new JsonException("The result is empty.");
}
