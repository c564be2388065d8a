using Grpc.Core;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Storage.Catalogue;
using DataStanding = SiOutcomeLab.Storage.Catalogue.DataStanding;

namespace SiOutcomeLab.Hub.Features.Benchmarks;

/// <summary>Serves benchmarks that have passed the gate. It holds the releases and nothing that could reach behind them.</summary>
internal sealed class BenchmarkServiceImpl(IBenchmarkReleases releases, BenchmarkQuestion question) : BenchmarkService.BenchmarkServiceBase
{
    /// <summary>The list's kind, in page tokens; also the collection in names.</summary>
    internal const string Kind = "benchmarks";

    public override async Task<GetBenchmarkResponse> GetBenchmark(GetBenchmarkRequest request, ServerCallContext context)
    {
        var id = ResourceName.Id(Kind, request.Name);
        var release = id is null ? null : await releases.FindAsync(request.Name, context.Caller().Audience(), context.CancellationToken);
        return release is null
            ? throw Unknown(id)
            : new GetBenchmarkResponse { Benchmark = (await ToWireAsync([release], context.CancellationToken))[0] };
    }

    public override async Task<ListBenchmarksResponse> ListBenchmarks(ListBenchmarksRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        var after = Page.Key(Kind, request.PageToken);
        var filter = await question.ReadAsync(request.Filter, context.CancellationToken);
        var found = await releases.ListAsync(filter, context.Caller().Audience(), after, size + 1, context.CancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return new ListBenchmarksResponse
        {
            Benchmarks = { await ToWireAsync(items, context.CancellationToken) },
            NextPageToken = hasMore ? Page.Token(Kind, items[^1].Value.Name) : string.Empty,
        };
    }

    private async Task<Benchmark[]> ToWireAsync(IReadOnlyList<Released<ReleasedBenchmark>> found, CancellationToken cancellationToken)
    {
        var standing = await releases.StandingAsync([.. found.Select(r => r.Value.Name)], cancellationToken);
        return [.. found.Select(r => BenchmarkMapping.ToWire(r, standing.GetValueOrDefault(r.Value.Name, DataStanding.Current)))];
    }

    // What cannot be one of the hub's names is not repeated.
    private static HubException Unknown(string? id) => CodeRule.IsValid(id)
        ? new(
            HubError.BenchmarkUnknown,
            $"There is no benchmark {Kind}/{id} among those you may see.",
            new Dictionary<string, string> { ["name"] = $"{Kind}/{id}" })
        : new(HubError.BenchmarkUnknown, $"There is no such benchmark among those you may see; a name reads {Kind}/ and an identifier.");
}
