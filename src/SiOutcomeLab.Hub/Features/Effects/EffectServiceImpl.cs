using Grpc.Core;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Storage.Catalogue;
using DataStanding = SiOutcomeLab.Storage.Catalogue.DataStanding;

namespace SiOutcomeLab.Hub.Features.Effects;

/// <summary>Serves effects that have passed the gate. It holds the release store and nothing that could reach behind it.</summary>
internal sealed class EffectServiceImpl(IReleaseStore releases) : EffectService.EffectServiceBase
{
    private const string Kind = "effects";

    public override async Task<GetEffectResponse> GetEffect(GetEffectRequest request, ServerCallContext context)
    {
        var audience = context.Caller().Audience();
        var release = request.Name.Length is > 0 and <= 200 ? await releases.FindAsync(request.Name, audience, context.CancellationToken) : null;
        if (release is null) throw new HubException(HubError.EffectUnknown, "There is no such effect among those you may see.");
        return new GetEffectResponse { Effect = (await ToWireAsync([release], context.CancellationToken))[0] };
    }

    public override async Task<ListEffectsResponse> ListEffects(ListEffectsRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        var after = Page.Key(Kind, request.PageToken);
        var found = await releases.ListAsync(
            EffectMapping.ToFilter(request.Filter), context.Caller().Audience(), after, size + 1, context.CancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return new ListEffectsResponse
        {
            Effects = { await ToWireAsync(items, context.CancellationToken) },
            NextPageToken = hasMore ? Page.Token(Kind, items[^1].Value.Name) : string.Empty,
        };
    }

    private async Task<Effect[]> ToWireAsync(IReadOnlyList<Released<ReleasedEffect>> found, CancellationToken cancellationToken)
    {
        var standing = await releases.StandingAsync([.. found.Select(r => r.Value.Name)], cancellationToken);
        return [.. found.Select(r => EffectMapping.ToWire(r, standing.GetValueOrDefault(r.Value.Name, DataStanding.Current)))];
    }
}
