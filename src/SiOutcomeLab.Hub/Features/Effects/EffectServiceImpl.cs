using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Storage.Catalogue;
using Audience = SiOutcomeLab.Disclosure.Audience;
using DataStanding = SiOutcomeLab.Storage.Catalogue.DataStanding;
using EffectFilter = SiOutcomeLab.Storage.Catalogue.EffectFilter;

namespace SiOutcomeLab.Hub.Features.Effects;

/// <summary>Serves effects that have passed the gate. It holds the release store and nothing that could reach behind it.</summary>
internal sealed class EffectServiceImpl(IReleaseStore releases, EffectAnswers answers) : EffectService.EffectServiceBase
{
    private const string Kind = "effects";
    private const string ChangeKind = "effect-changes";
    private const int ExportPage = 100;

    public override async Task<GetEffectResponse> GetEffect(GetEffectRequest request, ServerCallContext context)
    {
        var audience = context.Caller().Audience();
        return await answers.GetAsync(audience, request, () => FindAsync(request.Name, audience, context.CancellationToken), context.CancellationToken);
    }

    public override async Task<ListEffectsResponse> ListEffects(ListEffectsRequest request, ServerCallContext context)
    {
        var audience = context.Caller().Audience();
        return await answers.GetAsync(audience, request, () => ListAsync(request, audience, context.CancellationToken), context.CancellationToken);
    }

    public override async Task ExportEffects(
        ExportEffectsRequest request, IServerStreamWriter<ExportEffectsResponse> responseStream, ServerCallContext context)
    {
        var filter = EffectMapping.ToFilter(request.Filter);
        var audience = context.Caller().Audience();
        var after = request.FromTime is null ? null : new EffectChangeCursor(TimeOf(request.FromTime), null);
        while (true)
        {
            var found = await releases.ChangesAsync(filter, audience, after, ExportPage, context.CancellationToken);

            // A write waits while the reader has not taken what is under way: no more than a page is held.
            foreach (var effect in await ToWireAsync(found, context.CancellationToken))
            {
                await responseStream.WriteAsync(new ExportEffectsResponse { Effect = effect }, context.CancellationToken);
            }

            if (found.Count < ExportPage) return;
            after = new EffectChangeCursor(found[^1].ChangedAt, found[^1].Release.Value.Name);
        }
    }

    private async Task<GetEffectResponse> FindAsync(string name, Audience audience, CancellationToken cancellationToken)
    {
        var release = name.Length is > 0 and <= 200 ? await releases.FindAsync(name, audience, cancellationToken) : null;
        if (release is null) throw new HubException(HubError.EffectUnknown, "There is no such effect among those you may see.");
        return new GetEffectResponse { Effect = (await ToWireAsync([release], cancellationToken))[0] };
    }

    private async Task<ListEffectsResponse> ListAsync(ListEffectsRequest request, Audience audience, CancellationToken cancellationToken)
    {
        var size = Page.Size(request.PageSize);
        var filter = EffectMapping.ToFilter(request.Filter);
        if (request.FromTime is not null) return await ChangesAsync(request, filter, audience, size, cancellationToken);
        var found = await releases.ListAsync(filter, audience, Page.Key(Kind, request.PageToken), size + 1, cancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return new ListEffectsResponse
        {
            Effects = { await ToWireAsync(items, cancellationToken) },
            NextPageToken = hasMore ? Page.Token(Kind, items[^1].Value.Name) : string.Empty,
        };
    }

    private async Task<ListEffectsResponse> ChangesAsync(
        ListEffectsRequest request, EffectFilter filter, Audience audience, int size, CancellationToken cancellationToken)
    {
        var after = ChangeCursor(request.PageToken) ?? new EffectChangeCursor(TimeOf(request.FromTime), null);
        var (items, hasMore) = Page.Cut(await releases.ChangesAsync(filter, audience, after, size + 1, cancellationToken), size);
        return new ListEffectsResponse
        {
            Effects = { await ToWireAsync(items, cancellationToken) },
            NextPageToken = hasMore ? Page.Token(ChangeKind, $"{items[^1].ChangedAt:O} {items[^1].Release.Value.Name}") : string.Empty,
            NextFromTime = items.Count == 0 ? request.FromTime : Timestamp.FromDateTimeOffset(items[^1].ChangedAt),
        };
    }

    private static EffectChangeCursor? ChangeCursor(string token)
    {
        if (Page.Key(ChangeKind, token) is not { } key) return null;
        var parts = key.Split(' ');
        return parts.Length == 2 && DateTimeOffset.TryParseExact(parts[0], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? new EffectChangeCursor(at, parts[1])
            : throw HubException.FieldInvalid("page_token", "must be the next_page_token of the page before, in the same list.");
    }

    private static DateTimeOffset TimeOf(Timestamp time)
    {
        // Outside of what a timestamp may hold, as a hand-made message can be.
        if (time.Seconds is < -62135596800 or > 253402300799 || time.Nanos is < 0 or > 999_999_999)
        {
            throw HubException.FieldInvalid("from_time", "must be a time from year 1 to 9999.");
        }

        return time.ToDateTimeOffset();
    }

    private async Task<Effect[]> ToWireAsync(IReadOnlyList<EffectChange> found, CancellationToken cancellationToken)
    {
        var standing = await releases.StandingAsync(
            [.. found.Where(c => c.Ending is null).Select(c => c.Release.Value.Name)], cancellationToken);
        return [.. found.Select(c => EffectMapping.ToWire(c, standing.GetValueOrDefault(c.Release.Value.Name, DataStanding.Current)))];
    }

    private async Task<Effect[]> ToWireAsync(IReadOnlyList<Released<ReleasedEffect>> found, CancellationToken cancellationToken)
    {
        var standing = await releases.StandingAsync([.. found.Select(r => r.Value.Name)], cancellationToken);
        return [.. found.Select(r => EffectMapping.ToWire(r, standing.GetValueOrDefault(r.Value.Name, DataStanding.Current)))];
    }
}
