// The top of the first page. What follows it is docs/README.md.

export const HOME = {
  layout: "home",
  title: "claimgate",
  titleTemplate: "Authorization for Amazon Cognito",
  hero: {
    name: "claimgate",
    text: "Authorization for Amazon Cognito",
    tagline:
      "CSV files say who may sign up and who may call what. Lambda triggers and authorizers enforce them, and every decision names the row behind it.",
    actions: [{ theme: "brand", text: "Start the tutorial", link: "/tutorial" }],
  },
  features: [
    {
      title: "Learn it",
      details: "From an empty folder to a denied call with its reason, in half an hour.",
      link: "/tutorial",
      linkText: "Tutorial",
    },
    {
      title: "Add it to your service",
      details: "Your functions stay as they are. The policy gives what your authorizers give today.",
      link: "/adopt",
      linkText: "How to adopt claimgate",
    },
    {
      title: "Look it up",
      details: "Every kind of row, every command with its options, every finding with its fix.",
      link: "/policies",
      linkText: "The policy language",
    },
  ],
};
