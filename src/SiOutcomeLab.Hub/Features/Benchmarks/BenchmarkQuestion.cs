using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Storage.Catalogue;
using Wire = SiOutcomeLab.Protos.Benchmarks.V1;

namespace SiOutcomeLab.Hub.Features.Benchmarks;

/// <summary>
/// Which benchmarks a reader asks for. A code that nobody knows is named in the refusal: an empty list would hide the slip.
/// </summary>
internal sealed class BenchmarkQuestion(IPlanCatalogue plans)
{
    private const string Method = "filter.method";
    private const string Measure = "filter.measure";

    /// <exception cref="HubException">The filter asks for something that cannot be.</exception>
    public async Task<BenchmarkFilter> ReadAsync(Wire.BenchmarkFilter? filter, CancellationToken cancellationToken)
    {
        if (filter is null) return new BenchmarkFilter(null, null);
        if (filter.HorizonPeriods < 0) throw HubException.FieldInvalid("filter.horizon_periods", "must not be negative.");
        var method = Code(Method, filter.Method);
        var measure = Code(Measure, filter.Measure);
        if (measure is not null && !MeasureCatalogue.Current.TryFind(measure, out _))
        {
            throw HubException.FieldInvalid(Measure, $"{measure} is no measure of the catalogue.");
        }

        if (method is not null && (await plans.ListInterventionsAsync(null, cancellationToken)).All(i => i.Method != method))
        {
            throw HubException.FieldInvalid(Method, $"{method} is no method that anybody has registered.");
        }

        return new BenchmarkFilter(method, measure, filter.HorizonPeriods == 0 ? null : filter.HorizonPeriods);
    }

    private static string? Code(string field, string text) => text.Length == 0 ? null
        : CodeRule.IsValid(text) ? text
        : throw HubException.FieldInvalid(field, "must be 1–40 of a–z, 0–9, - and _.");
}
