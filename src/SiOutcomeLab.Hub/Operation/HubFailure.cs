using Microsoft.AspNetCore.Connections;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Storage;
using SiOutcomeLab.Storage.Backup;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Hub.Operation;

/// <summary>Kinds of failure that whoever operates a hub meets.</summary>
public enum HubFailureKind
{
    /// <summary>The hub cannot start here and now: its folder or port is taken.</summary>
    CannotStart = 1,

    /// <summary>The data are of another version than the program.</summary>
    OtherVersion = 2,

    /// <summary>The key file cannot be used, or lacks a key.</summary>
    KeyUnusable = 3,

    /// <summary>Something of the data, or of a backup, is missing or damaged.</summary>
    DataDamaged = 4,

    /// <summary>There is something where a result was to be.</summary>
    TargetTaken = 5,

    /// <summary>There are no data, or no backup, where they were named.</summary>
    NotThere = 6,
}

/// <summary>A failure of starting or operating a hub, in words. The exceptions behind it are the rooms' below, which commands do not see.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record HubFailure(HubFailureKind Kind, BilingualText What, BilingualText Remedy)
{
    /// <summary>The failure that an exception is; null when it is none of these. The exception's own message says where, in English.</summary>
    public static HubFailure? Of(Exception exception) => exception switch
    {
        DataFolderInUseException => new(
            HubFailureKind.CannotStart,
            new("En annan hubb har datamappen.", "Another hub holds the data folder."),
            new("Stoppa den hubben, eller välj en annan datamapp.", "Stop that hub, or choose another data folder.")),
        AddressInUseException or IOException { InnerException: AddressInUseException } => new(
            HubFailureKind.CannotStart,
            new("Porten är upptagen.", "The port is taken."),
            new("Välj andra portar, eller stoppa den hubb som har dem.", "Choose other ports, or stop the hub that holds them.")),
        CatalogueOpenException e => OfCatalogue(e.Problem),
        CatalogueUnavailableException => new(
            HubFailureKind.CannotStart,
            new("Katalogen svarar inte.", "The catalogue does not answer."),
            new("Se till databasservern eller disken, och försök igen.", "See to the database server or the disk, and try again.")),
        LakeFormatException e => e.Problem switch
        {
            LakeFormatProblem.TooOld => TooOld,
            LakeFormatProblem.TooNew => TooNew,
            LakeFormatProblem.AnotherCatalogues => new(
                HubFailureKind.CannotStart,
                new("Laken hör till en annan katalog.", "The lake belongs to another catalogue."),
                new("Ange den lake som hör till katalogen, eller en tom plats.", "Name the lake that belongs to the catalogue, or an empty place.")),
            _ => Damaged,
        },
        LakeOpenException => new(
            HubFailureKind.CannotStart,
            new("Laken går inte att använda där den ska vara.", "The lake cannot be used where it is to be."),
            new("Se över avsnittet lake i inställningarna, och det som lagret säger.", "See to the section lake of the options, and to what the store says.")),
        HubKeyMissingException e => new(
            HubFailureKind.KeyUnusable,
            new($"Nyckelfilen saknar nyckeln {e.KeyId}.", $"The key file lacks the key {e.KeyId}."),
            new(
                "Ange nyckelfilen som hör till datamappen, eller hämta nyckeln ur nyckelfilens egen säkerhetskopia.",
                "Name the key file that belongs to the data folder, or fetch the key from the key file's own backup.")),
        HubKeyException e => OfKey(e.Problem),
        WrappedSecretDamagedException => Damaged,
        BackupException e => OfBackup(e.Problem),
        _ => null,
    };

    private static HubFailure Damaged { get; } = new(
        HubFailureKind.DataDamaged,
        new("Något saknas eller är skadat.", "Something is missing or damaged."),
        new("Kör silab hub check; återställ från en säkerhetskopia.", "Run silab hub check; restore from a backup."));

    private static HubFailure OfCatalogue(CatalogueOpenProblem problem) => problem switch
    {
        CatalogueOpenProblem.SchemaTooOld => TooOld,
        CatalogueOpenProblem.SchemaTooNew or CatalogueOpenProblem.MigrationChanged => TooNew,
        CatalogueOpenProblem.UnfitFileSystem => new(
            HubFailureKind.CannotStart,
            new("Filsystemet kan inte hålla katalogen varaktigt.", "The file system cannot hold the catalogue durably."),
            new("Lägg datamappen på en lokal disk.", "Put the data folder on a local disk.")),
        CatalogueOpenProblem.UnfitServer => new(
            HubFailureKind.CannotStart,
            new("Databasservern behåller inte säkert det den bekräftar, eller kan inte hålla katalogen.", "The database server may lose what it acknowledges, or cannot hold the catalogue."),
            new("Ändra den inställning som nämns, och starta igen.", "Change the setting that is named, and start again.")),
        CatalogueOpenProblem.NotAdmitted => new(
            HubFailureKind.CannotStart,
            new("Databasservern släpper inte in hubben.", "The database server does not let the hub in."),
            new("Se över användare, lösenord och databas i catalogue.connection_file.", "See to user, password and database in catalogue.connection_file.")),
        _ => Damaged,
    };

    private static HubFailure TooOld { get; } = new(
        HubFailureKind.OtherVersion,
        new("Datamappen är från en äldre version.", "The data folder is of an older version."),
        new(
            "Kör silab hub upgrade, som först tar en säkerhetskopia; eller starta den äldre hubben.",
            "Run silab hub upgrade, which makes a backup first; or start the older hub."));

    private static HubFailure TooNew { get; } = new(
        HubFailureKind.OtherVersion,
        new("Datamappen är från en nyare version, eller från ett annat bygge.", "The data folder is of a newer version, or of another build."),
        new(
            "Starta den version som skrev den, eller återställ en säkerhetskopia från tiden före uppgraderingen.",
            "Start the version that wrote it, or restore a backup from before the upgrade."));

    private static HubFailure OfKey(HubKeyProblem problem) => problem switch
    {
        HubKeyProblem.FileMissing => Key(
            new("Det finns ingen nyckelfil.", "There is no key file."),
            new(
                "Ange den med key_file eller hämta den ur dess säkerhetskopia. En hubb utan data får en ny: silab hub key new.",
                "Name it with key_file, or fetch it from its backup. A hub without data gets a new one: silab hub key new.")),
        HubKeyProblem.FileThere => new(
            HubFailureKind.TargetTaken,
            new("Det finns redan en fil där.", "There is a file there already."),
            new(
                "En ny nyckelfil skrivs aldrig över en gammal: använd den som finns, eller ange en annan plats.",
                "A new key file never replaces an old one: use the one that is there, or name another place.")),
        HubKeyProblem.InsideDataFolder => Key(
            new("Nyckelfilen ligger i datamappen.", "The key file lies in the data folder."),
            new("Lägg den utanför, så att den inte följer med kopior av data.", "Put it outside, so that it does not travel with copies of the data.")),
        HubKeyProblem.ReadableByOthers => Key(
            new("Andra konton kan läsa nyckelfilen.", "Other accounts can read the key file."),
            new(
                "Stäng den med chmod 600; kan någon ha läst den, kör silab hub key rotate.",
                "Close it with chmod 600; if somebody may have read it, run silab hub key rotate.")),
        HubKeyProblem.TooNew => TooNew,
        HubKeyProblem.KeyActive => Key(
            new("Det är den aktiva nyckeln.", "That is the active key."),
            new("Rotera först: silab hub key rotate.", "Rotate first: silab hub key rotate.")),
        _ => Key(
            new("Nyckelfilen kan inte användas.", "The key file cannot be used."),
            new("Kontrollera sökväg och rättigheter, eller hämta filen ur dess säkerhetskopia.", "Check path and permissions, or fetch the file from its backup.")),
    };

    private static HubFailure Key(BilingualText what, BilingualText remedy) => new(HubFailureKind.KeyUnusable, what, remedy);

    private static HubFailure OfBackup(BackupProblem problem) => problem switch
    {
        BackupProblem.NotThere => new(
            HubFailureKind.NotThere,
            new("Där finns varken hubbdata eller någon hel säkerhetskopia.", "There are neither a hub's data nor a whole backup there."),
            new("Kontrollera sökvägen.", "Check the path.")),
        BackupProblem.TargetTaken => new(
            HubFailureKind.TargetTaken,
            new("Där resultatet skulle ligga finns redan något.", "There is something where the result was to be."),
            new("Ange en mapp som inte finns.", "Name a folder that is not there.")),
        BackupProblem.TooNew => TooNew,
        BackupProblem.Restless => new(
            HubFailureKind.CannotStart,
            new("Data raderades hela tiden under kopieringen.", "Data were being erased all the while."),
            new("Ta säkerhetskopian igen om en stund.", "Take the backup again in a while.")),
        BackupProblem.OtherMeans => new(
            HubFailureKind.CannotStart,
            new("Katalogen ligger i PostgreSQL, och laken utanför datamappen.", "The catalogue is in PostgreSQL, and the lake outside the data folder."),
            new("Säkerhetskopiera dem med deras egna medel: se OPERATION.md.", "Back them up by their own means: see OPERATION.md.")),
        _ => Damaged,
    };
}
