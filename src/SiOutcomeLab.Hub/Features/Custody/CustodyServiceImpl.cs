using System.Globalization;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Intake;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Protos.Custody.V1;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;
using Wire = SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Features.Custody;

/// <summary>What a data owner may ask for after its data have come in. Every call is about the caller's own organisation.</summary>
internal sealed class CustodyServiceImpl(
    ISubmissionCatalogue submissions, OwnDataReturn ownData, PersonErasure erasure, TimeProvider time)
    : CustodyService.CustodyServiceBase
{
    private const string Day = "yyyy-MM-dd";

    public override async Task<GetSubmissionLifeResponse> GetSubmissionLife(GetSubmissionLifeRequest request, ServerCallContext context) => new()
    {
        Life = CustodyMapping.ToWire(Known(await submissions.FindAsync(context.Caller().Organisation, Id(request.Name), context.CancellationToken))),
    };

    public override async Task<WithdrawSubmissionResponse> WithdrawSubmission(WithdrawSubmissionRequest request, ServerCallContext context) => new()
    {
        Life = CustodyMapping.ToWire(Known(await submissions.WithdrawAsync(
            context.Caller().Organisation, Id(request.Name), time.GetUtcNow(), context.CancellationToken))),
    };

    public override async Task<SetRetentionResponse> SetRetention(SetRetentionRequest request, ServerCallContext context)
    {
        DateOnly? until = null;
        if (request.RetainUntil.Length > 0)
        {
            until = DateOnly.TryParseExact(request.RetainUntil, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw HubException.FieldInvalid("retain_until", "must be a date, yyyy-MM-dd, or empty.");
            if (until < SwedishDay.Of(time.GetUtcNow())) throw HubException.FieldInvalid("retain_until", "must be today or later.");
        }

        var found = await submissions.RetainAsync(context.Caller().Organisation, Id(request.Name), until, context.CancellationToken);
        return new SetRetentionResponse { Life = CustodyMapping.ToWire(Known(found)) };
    }

    public override async Task ReturnOwnData(
        ReturnOwnDataRequest request, IServerStreamWriter<ReturnOwnDataResponse> responseStream, ServerCallContext context)
    {
        var id = request.Name.Length == 0 ? null : Id(request.Name);
        var own = await ownData.SubmissionsAsync(context.Caller().Organisation, id, context.CancellationToken)
            ?? throw Unknown();
        foreach (var submission in own)
        {
            await responseStream.WriteAsync(
                new ReturnOwnDataResponse
                {
                    Submission = new OwnSubmission
                    {
                        Life = CustodyMapping.ToWire(submission),
                        Manifest = ByteString.CopyFrom(submission.Manifest, Encoding.UTF8),
                        Findings = { submission.Warnings.Select(IntakeMapping.ToWire) },
                    },
                },
                context.CancellationToken);
            if (submission.PurgedAt is not null) continue;
            await ReturnFileAsync(submission.Observations, Wire.SubmissionFile.Observations);
            if (submission.Participations is { } participations) await ReturnFileAsync(participations, Wire.SubmissionFile.Participations);
        }

        async Task ReturnFileAsync(LakeObject file, Wire.SubmissionFile kind)
        {
            try
            {
                await FileChunks.SendAsync(
                    (target, cancellationToken) => ownData.WriteAsync(file, target, cancellationToken),
                    data => responseStream.WriteAsync(
                        new ReturnOwnDataResponse { Chunk = new OwnFileChunk { File = kind, Data = data } }, context.CancellationToken),
                    context.CancellationToken);
            }
            catch (LakeObjectMissingException)
            {
                throw new HubException(HubError.CatalogueUnavailable, "A submission was changed while it was being returned; ask again.");
            }
        }
    }

    public override async Task<ErasePersonResponse> ErasePerson(ErasePersonRequest request, ServerCallContext context)
    {
        if (!CodeRule.IsValid(request.Project)) throw HubException.FieldInvalid("project", "must be a project's code.");
        if (!PersonId.TryParse(Encoding.UTF8.GetBytes(request.PersonId), out var person))
        {
            throw HubException.FieldInvalid("person_id", "must be the pseudonym as it is sent: 64 lower-case hexadecimal digits.");
        }

        var removed = await erasure.EraseAsync(context.Caller(), new ProjectId(request.Project), person, context.CancellationToken);
        return new ErasePersonResponse { Submissions = removed.Submissions, Rows = removed.Rows, CancelledUploads = removed.CancelledUploads };
    }

    private static string Id(string name) => ResourceName.Id("submissions", name) ?? throw Unknown();

    private static Submission Known(Submission? found) => found ?? throw Unknown();

    private static HubException Unknown() => new(HubError.SubmissionUnknown, "There is no such submission among your own.");
}
