namespace SiOutcomeLab.Disclosure;

/// <summary>Who may see a release. A wider audience has the larger number.</summary>
public enum Audience
{
    /// <summary>Analysts with an account.</summary>
    Analyst = 1,

    /// <summary>Everybody.</summary>
    Public = 2,
}
