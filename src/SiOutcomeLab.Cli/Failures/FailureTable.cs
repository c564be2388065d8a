using Google.Rpc;
using Grpc.Core;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Hub.Operation;
using FailureRow = (SiOutcomeLab.Cli.Failures.ExitCode Code, SiOutcomeLab.Domain.BilingualText What, SiOutcomeLab.Domain.BilingualText Remedy);

namespace SiOutcomeLab.Cli.Failures;

/// <summary>
/// The one table from what can go wrong to exit code, text and remedy. The hub's reasons first, then bare gRPC codes, then local faults.
/// </summary>
internal static class FailureTable
{
    private static readonly BilingualText AskForToken = new(
        "Be labbet om ett certifikat eller en token, och ge det med --cert eller --token (eller i SILAB_CERT, SILAB_TOKEN).",
        "Ask the lab for a certificate or a token, and give it with --cert or --token (or in SILAB_CERT, SILAB_TOKEN).");

    private static readonly BilingualText TellTheLab = new(
        "Försök igen; går det inte, berätta för den som driver hubben vad du gjorde och när.",
        "Try again; if it fails again, tell whoever runs the hub what you did and when.");

    private static readonly Dictionary<string, FailureRow> ByReason = new(StringComparer.Ordinal)
    {
        ["CREDENTIALS_INVALID"] = (
            ExitCode.Unauthorised, new("Anropet saknar certifikat eller token som gäller.", "The call has no certificate or token that works."), AskForToken),
        ["CERTIFICATE_REQUIRED"] = (
            ExitCode.Unauthorised,
            new("Anropet kräver organisationens klientcertifikat.", "The call needs the organisation's client certificate."),
            new("Ge det med --cert och --cert-key, eller i SILAB_CERT och SILAB_CERT_KEY.", "Give it with --cert and --cert-key, or in SILAB_CERT and SILAB_CERT_KEY.")),
        ["STREAM_SILENT"] = (
            ExitCode.TimedOut,
            new("Hubben väntade för länge på nästa del.", "The hub waited too long for the next part."),
            new("Skicka igen; det som redan kommit fram behålls.", "Send again; what has arrived is kept.")),
        ["ROLE_MISSING"] = (
            ExitCode.Unauthorised,
            new("Tokenens roller räcker inte för anropet.", "The token's roles do not allow the call."),
            AskForToken),
        ["NOT_OWN_ORGANISATION"] = (ExitCode.Unauthorised,
            new("Det här gäller en annan organisation än tokenens.", "This is about another organisation than the token's."),
            new("Använd den organisationens token.", "Use that organisation's token.")),
        ["FIELD_INVALID"] = (ExitCode.RequestInvalid,
            new("Hubben godtar inte alla fält.", "The hub does not accept every field."),
            new("Rätta fälten ovan och försök igen.", "Mend the fields above and try again.")),
        ["CHUNK_ORDER"] = (ExitCode.RequestInvalid, new("Delarna kom i fel ordning.", "The parts came out of order."), TellTheLab),
        ["SUBMISSION_TOO_LARGE"] = (ExitCode.NoRoom,
            new("Leveransen är större än hubben tar emot.", "The submission is larger than this hub takes."),
            new("Dela den i flera leveranser med färre perioder var.", "Split it into several submissions of fewer periods each.")),
        ["SPOOL_FULL"] = (ExitCode.NoRoom,
            new("För många leveranser kommer in just nu.", "Too many submissions are arriving at this moment."),
            new("Skicka samma leverans igen om en minut.", "Send the same submission again in a minute.")),
        ["CATALOGUE_UNAVAILABLE"] = (ExitCode.NoRoom,
            new(
                "Hubben når inte sin katalog just nu; det är ovisst om något ändrades.",
                "The hub cannot reach its catalogue at this moment; whether anything was changed is uncertain."),
            new("Se efter hur det blev, och försök igen om en minut.", "Look how it stands, and try again in a minute.")),
        ["PERIOD_OVERLAP"] = (ExitCode.Conflict,
            new(
                "Perioder i leveransen är redan skickade för projektet.",
                "Periods of this submission have already been sent for the project."),
            new("Skicka bara perioder som är nya.", "Send only periods that are new.")),
        ["SUBMISSION_UNKNOWN"] = (
            ExitCode.NotFound,
            new("Det finns ingen sådan leverans bland dina egna.", "There is no such submission among your own."),
            CheckName()),
        ["INTERVENTION_DIFFERS"] = (ExitCode.Conflict,
            new("En annan insats är registrerad under koden.", "Another intervention is registered under this code."),
            new("Välj en annan kod.", "Choose another code.")),
        ["INTERVENTION_UNKNOWN"] = (ExitCode.Conflict,
            new("Insatsen är inte registrerad.", "The intervention is not registered."),
            new("Kör först: silab interventions register FIL", "First run: silab interventions register FILE")),
        ["PLAN_DIFFERS"] = (ExitCode.Conflict,
            new("En annan plan är låst under samma namn och version.", "Another plan is locked under this identifier and version."),
            new("Registrera ändringen som en ny version.", "Register the change as a new version.")),
        ["PLAN_UNKNOWN"] = (ExitCode.NotFound, new("Det finns ingen sådan plan.", "There is no such plan."), CheckName()),
        ["RUN_UNKNOWN"] = (
            ExitCode.NotFound,
            new("Det finns ingen sådan körning bland dem du får se.", "There is no such run among those you may see."),
            CheckName()),
        ["EFFECT_UNKNOWN"] = (
            ExitCode.NotFound,
            new("Det finns ingen sådan effekt bland dem du får se.", "There is no such effect among those you may see."),
            CheckName()),
        ["BENCHMARK_UNKNOWN"] = (
            ExitCode.NotFound,
            new("Det finns ingen sådan sammanvägning bland dem du får se.", "There is no such benchmark among those you may see."),
            CheckName()),
        ["COSTS_UNKNOWN"] = (
            ExitCode.NotFound, new("Det finns inga sådana kronor bland dem du får se.", "There are no such kronor among those you may see."), CheckName()),
        ["LOOK_NOT_DUE"] = (ExitCode.Conflict,
            new("Titten ska inte göras ännu, eller en senare är redan gjord.", "The look is not to be taken yet, or a later one has been taken."),
            new("silab plans show visar planens titter och deras dagar.", "silab plans show tells the plan's looks and their days.")),
        ["FOLLOW_UP_MISSING"] = (ExitCode.Conflict,
            new("Planens egen uppföljning når inte fram till tittens uppföljningstid.", "The plan's own follow-up does not reach the look's horizon."),
            new("Skicka uppföljningen för perioderna som saknas.", "Push follow-up for the periods that are missing.")),
        ["RUN_ENDED"] = (ExitCode.Conflict,
            new("Körningen är redan slut.", "The run has ended already."),
            new("silab runs list visar hur den slutade.", "silab runs list tells how it ended.")),
        ["COSTING_NOT_GIVEN_UP"] = (ExitCode.Conflict,
            new("Körningens kronor är räknade eller på väg, eller så har planen ett senare resultat.",
                "The run's kronor are counted or on their way, or its plan has a later result."),
            new("silab costs savings visar de kronor som finns.", "silab costs savings tells the kronor that there are.")),
        ["PLAN_CLOSED"] = (ExitCode.Conflict,
            new("Planen är avslutad.", "The plan is closed."),
            new("Registrera en ny plan för en ny fråga.", "Register a new plan for a new question.")),
        ["DRAFT_UNKNOWN"] = (
            ExitCode.NotFound, new("Det finns inget sådant utkast bland dina egna.", "There is no such draft among your own."), CheckName()),
        ["DRAFT_CHANGED"] = (ExitCode.Conflict,
            new("Någon har ändrat utkastet sedan du läste det.", "Somebody has changed the draft since you read it."),
            new("Läs det igen, och gör om det du ville.", "Read it again, and do anew what you meant to do.")),
        ["UPLOAD_UNKNOWN"] = (
            ExitCode.NotFound, new("Det finns ingen sådan uppladdning bland dina egna.", "There is no such upload among your own."), CheckName()),
        ["UPLOAD_CLOSED"] = (ExitCode.UploadEnded,
            new("Uppladdningen är avslutad, eller kontrolleras just nu.", "The upload has ended, or is being checked at this moment."),
            new("silab uploads list visar hur det står till; kör silab push igen för att börja om.", "silab uploads list tells how it stands; run silab push again to begin anew.")),
        ["UPLOAD_POISONED"] = (ExitCode.UploadEnded,
            new("Filen är inte densamma som när uppladdningen började.", "The file is not the same as when the upload began."),
            new("Låt filen vara i fred medan den skickas; gör om manifestet och kör silab push igen.", "Leave the file alone while it is sent; make the manifest anew and run silab push again.")),
        ["UPLOAD_INCOMPLETE"] = (ExitCode.Conflict, new("Delar av filerna saknas hos hubben.", "Parts of the files are missing at the hub."), PushAgain()),
        ["UPLOAD_QUOTA"] = (ExitCode.NoRoom,
            new("Organisationen har för mycket på väg in samtidigt.", "The organisation has too much on its way in at once."),
            new("Slutför eller avbryt en uppladdning: silab uploads list, silab uploads cancel.", "Finish or cancel an upload: silab uploads list, silab uploads cancel.")),
        ["LEASE_LOST"] = (ExitCode.Conflict,
            new("Någon annan skickar samma leverans just nu.", "Somebody else is sending the same submission at this moment."),
            PushAgain()),
        ["OFFSET_AHEAD"] = (ExitCode.Conflict, new("Delar av filen saknas hos hubben.", "Parts of the file are missing at the hub."), PushAgain()),
        ["BEYOND_DECLARED"] = (ExitCode.Refused,
            new("Filen är längre än manifestet anger.", "The file is longer than the manifest states."),
            new("Gör om manifestet från den fil som skickas.", "Make the manifest anew from the file that is sent.")),
        ["CHUNK_DAMAGED"] = (ExitCode.DamagedOnTheWay,
            new("Data ändrades på vägen till hubben.", "Data were changed on their way to the hub."),
            new("Kontrollera dator, disk och mellanliggande nät; kör silab push igen.", "Check this machine, its disk and what lies between; run silab push again.")),
        ["NOT_PARQUET"] = (ExitCode.Refused,
            new("Filen är ingen Parquetfil.", "The file is not a Parquet file."),
            new("Exportera tabellen som Parquet; att byta namn på en annan fil räcker inte.", "Export the table as Parquet; renaming another file is not enough.")),
        ["FILE_UNDECLARED"] = (ExitCode.Refused,
            new("Manifestet nämner inte filen.", "The manifest does not name the file."),
            new("Lägg till filen i manifestet, eller skicka den inte.", "Add the file to the manifest, or do not send it.")),
        ["RATE"] = (ExitCode.NoRoom,
            new("Hubben tar emot för många filer just nu.", "The hub is receiving too many files at this moment."),
            new("Kör silab push igen om en minut.", "Run silab push again in a minute.")),
        ["REPRODUCTION_BUSY"] = (ExitCode.NoRoom,
            new("Hubben räknar om en annan effekt just nu.", "The hub is making another effect again at this moment."),
            new("Försök igen när den är klar.", "Try again when it is done.")),
        ["HUB_STOPPING"] = (ExitCode.Unreachable, new("Hubben håller på att stanna.", "The hub is stopping."), PushAgain()),
        ["STORAGE_UNAVAILABLE"] = (ExitCode.NoRoom, new("Hubbens disk svarar inte.", "The hub's disk does not answer."), TellTheLab),
    };

    private static readonly Dictionary<StatusCode, FailureRow> ByStatus = new()
    {
        [StatusCode.Unavailable] = (ExitCode.Unreachable,
            new("Ingen hubb svarar på adressen.", "No hub answers at the address."),
            new("Kontrollera --hub och att hubben är igång (gRPC-adressen, inte JSON-adressen).", "Check --hub and that the hub runs (its gRPC address, not its JSON address).")),
        [StatusCode.Unimplemented] = (ExitCode.Unreachable,
            new("Det som svarar på adressen är ingen hubb, eller en äldre.", "What answers at the address is no hub, or an older one."),
            new("Kontrollera --hub (gRPC-adressen, inte JSON-adressen).", "Check --hub (the gRPC address, not the JSON address).")),
        [StatusCode.Unauthenticated] = (
            ExitCode.Unauthorised, new("Anropet saknar certifikat eller token som gäller.", "The call has no certificate or token that works."), AskForToken),
        [StatusCode.PermissionDenied] = (
            ExitCode.Unauthorised, new("Tokenen räcker inte för anropet.", "The token does not allow the call."), AskForToken),
        [StatusCode.NotFound] = (
            ExitCode.NotFound,
            new("Det finns inget sådant bland det du får se.", "There is no such thing among those you may see."),
            CheckName()),
        [StatusCode.AlreadyExists] = (
            ExitCode.Conflict,
            new("Hubben har redan något annat under namnet.", "The hub already holds something else under this name."),
            CheckName()),
        [StatusCode.FailedPrecondition] = (
            ExitCode.Conflict, new("Hubben är inte i läge för anropet.", "The hub is in no state for the call."), TellTheLab),
        [StatusCode.InvalidArgument] = (ExitCode.RequestInvalid,
            new("Hubben godtar inte anropet.", "The hub does not accept the call."),
            new("Rätta det som står nedan och försök igen.", "Mend what stands below and try again.")),
        [StatusCode.ResourceExhausted] = (ExitCode.NoRoom,
            new("Hubben har inte plats.", "The hub has no room."),
            new("Försök igen senare eller med mindre.", "Try again later, or with less.")),
        [StatusCode.DeadlineExceeded] = (
            ExitCode.TimedOut, new("Hubben svarade inte i tid.", "The hub did not answer in time."), TellTheLab),
        [StatusCode.Cancelled] = (
            ExitCode.Cancelled, new("Avbrutet.", "Cancelled."), new("Kör igen när du vill.", "Run it again when you like.")),
    };

    /// <summary>True when the hub's reason has a row of its own.</summary>
    public static bool Knows(string reason) => ByReason.ContainsKey(reason);

    /// <summary>The failure that an exception is.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        CommandException e => e.Failure,
        RpcException e => OfCall(e),
        OperationCanceledException => Row(ByStatus[StatusCode.Cancelled]),
        HubOptionsException e => OfOptions(e),
        _ when HubFailure.Of(exception) is { } hub => new Failure(CodeOf(hub.Kind), hub.What, hub.Remedy, [exception.Message]),
        UnauthorizedAccessException or IOException => new Failure(
            ExitCode.InputUnreadable,
            new("En fil kunde inte läsas eller skrivas.", "A file could not be read or written."),
            new("Kontrollera sökvägen och rättigheterna.", "Check the path and its permissions."),
            [exception.Message]),
        _ => new Failure(
            ExitCode.Fault,
            new("Oväntat fel i silab.", "Unexpected fault in silab."),
            TellTheLab,
            [$"{exception.GetType().Name}: {exception.Message}"]),
    };

    private static Failure OfCall(RpcException e)
    {
        var status = e.GetRpcStatus(ignoreParseError: true);
        string[] fields = [.. status?.GetDetail<BadRequest>()?.FieldViolations.Select(v => $"{v.Field}: {v.Description}") ?? []];
        // The field that later versions of google.rpc.ErrorInfo call reason is called type in the package that restores here.
        if (status?.GetDetail<ErrorInfo>() is { } info && ByReason.TryGetValue(info.Type, out var row))
        {
            // The hub's own sentence says the same in English; what it adds are the fields and the facts.
            return Row(row, fields.Length > 0 ? fields : [.. info.Metadata.Select(m => $"{m.Key}: {m.Value}")]);
        }

        string[] details = fields.Length > 0 ? fields : e.Status.Detail.Length > 0 ? [e.Status.Detail] : [];
        return ByStatus.TryGetValue(e.StatusCode, out var plain)
            ? Row(plain, details)
            : new Failure(ExitCode.Fault, new("Ett fel i hubben.", "A fault in the hub."), TellTheLab, details);
    }

    /// <summary>The exit code of a failure of starting or operating a hub.</summary>
    public static ExitCode CodeOf(HubFailureKind kind) => kind switch
    {
        HubFailureKind.OtherVersion => ExitCode.OtherVersion,
        HubFailureKind.KeyUnusable => ExitCode.KeyUnusable,
        HubFailureKind.DataDamaged => ExitCode.DataDamaged,
        HubFailureKind.TargetTaken => ExitCode.TargetTaken,
        HubFailureKind.NotThere => ExitCode.InputUnreadable,
        _ => ExitCode.HubCannotStart,
    };

    private static Failure OfOptions(HubOptionsException e) => new(
        ExitCode.HubCannotStart,
        e.File is null
            ? new("Hubbens inställningar går inte att använda.", "The hub cannot have these options.")
            : new($"Hubben kan inte ha inställningarna i {e.File}.", $"The hub cannot have the options in {e.File}."),
        new("Rätta nycklarna ovan.", "Mend the keys above."),
        [])
    {
        Points = [.. e.Breaches.Select(b => new BilingualText($"{b.Key} {b.Problem.Sv}", $"{b.Key} {b.Problem.En}"))],
    };

    private static Failure Row(FailureRow row, params string[] details) =>
        new(row.Code, row.What, row.Remedy, details);

    private static BilingualText PushAgain() => new(
        "Kör samma kommando igen: det som har kommit fram skickas inte om.", "Run the same command again: what has arrived is not sent again.");

    private static BilingualText CheckName() =>
        new("Kontrollera namnet, eller lista vad som finns.", "Check the name, or list what there is.");
}
