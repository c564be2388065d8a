using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Audit.V1;
using SiOutcomeLab.Storage.Catalogue;
using Authentication = SiOutcomeLab.Protos.Identity.V1.Authentication;
using Wire = SiOutcomeLab.Protos.Audit.V1;

namespace SiOutcomeLab.Hub.Features.Audit;

/// <summary>Shows the audit log, and checks it.</summary>
internal sealed class AuditServiceImpl(IAuditLog log, AuditTrail trail) : AuditService.AuditServiceBase
{
    private const string Kind = "audit";

    public override async Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        if (request.AfterSequence < 0) throw HubException.FieldInvalid("after_sequence", "must not be negative.");
        var caller = context.Caller();
        OrganisationId? organisation = request.Organisation.Length == 0 ? null : new OrganisationId(request.Organisation);
        if (!caller.IsAny(Role.Steward))
        {
            caller.RequireOwn(organisation ?? caller.Organisation);
            organisation = caller.Organisation;
        }

        // What has been done is shown, though it may not have been written yet.
        await trail.FlushAsync(context.CancellationToken);
        var after = Page.Key(Kind, request.PageToken) is { } key ? Sequence(key) : request.AfterSequence;
        var (items, hasMore) = Page.Cut(await log.ListAsync(organisation, after, size + 1, context.CancellationToken), size);
        return new ListAuditEntriesResponse
        {
            Entries = { items.Select(ToWire) },
            NextPageToken = hasMore ? Page.Token(Kind, items[^1].Sequence.ToString(CultureInfo.InvariantCulture)) : string.Empty,
        };
    }

    public override async Task<VerifyAuditResponse> VerifyAudit(VerifyAuditRequest request, ServerCallContext context)
    {
        Domain.Identity.AuditHead? expected = null;
        if (request.ExpectedHead is { } head)
        {
            if (head.Sequence < 0) throw HubException.FieldInvalid("expected_head.sequence", "must not be negative.");
            if (head.Hash.Length != 64 || !head.Hash.All(char.IsAsciiHexDigitLower))
            {
                throw HubException.FieldInvalid("expected_head.hash", "must be 64 lower-case hexadecimal digits.");
            }

            expected = new Domain.Identity.AuditHead(head.Sequence, head.Hash);
        }

        await trail.FlushAsync(context.CancellationToken);
        var verdict = await log.VerifyAsync(expected, context.CancellationToken);
        return new VerifyAuditResponse
        {
            Head = new Wire.AuditHead { Sequence = verdict.Head.Sequence, Hash = verdict.Head.Hash },
            Checked = verdict.Checked,
            Break = verdict.Break is { } broken ? new Wire.AuditBreak { Sequence = broken.Sequence, Kind = (Wire.AuditBreakKind)broken.Kind } : null,
        };
    }

    private static long Sequence(string key) => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        ? sequence
        : throw HubException.FieldInvalid("page_token", "must be the next_page_token of the page before, in the same list.");

    private static Wire.AuditEntry ToWire(AuditRecord record) => new()
    {
        Sequence = record.Sequence,
        At = Timestamp.FromDateTimeOffset(record.Entry.At),
        Organisation = record.Entry.Organisation.Code,
        Subject = record.Entry.Subject,
        Authentication = (Authentication)record.Entry.Authentication,
        Call = record.Entry.Call,
        Resource = record.Entry.Resource,
        Outcome = record.Entry.Outcome,
        Count = record.Entry.Count,
        Hash = record.Hash,
    };
}
