declare module 'role-based-email-addresses' {
  const names: string[];
  export default names;
}
