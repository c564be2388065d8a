namespace SiOutcomeLab.Domain.Plans;

/// <summary>The order that breaks ties between comparison persons at the same distance.</summary>
public enum TieOrder
{
    /// <summary>The order of the pseudonyms: no sender can choose it, and it does not change when files are sorted anew.</summary>
    Pseudonym = 1,

    /// <summary>The order in which persons first appear in the snapshot. For agreement with other software on the same file.</summary>
    AsDelivered = 2,
}
