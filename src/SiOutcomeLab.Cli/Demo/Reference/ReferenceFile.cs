using System.Text.Json;

namespace SiOutcomeLab.Cli.Demo.Reference;

/// <summary>What R finds on the public file, as shipped beside it.</summary>
internal sealed record ReferenceFile(string Source, ReferencePropensity Propensity, IReadOnlyList<ReferenceEffect> Effects)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static async Task<ReferenceFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<ReferenceFile>(content, Options, cancellationToken)
            ?? throw new InvalidDataException($"{path} is empty.");
    }

    public ReferenceEffect Effect(string plan, string estimator) => Effects.Single(e => e.Plan == plan && e.Estimator == estimator);
}

/// <summary>The propensity model's coefficients by name.</summary>
internal sealed record ReferencePropensity(string Call, IReadOnlyDictionary<string, double> Coefficients);

/// <summary>One effect; what a method does not have is null.</summary>
internal sealed record ReferenceEffect(
    string Plan, string Estimator, double Estimate, double? StandardError, string? StandardErrorType, int? Pairs, double? SummedDistance);
