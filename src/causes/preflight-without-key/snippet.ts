// The policy that the answer names, as it is copied.
export const snippet =
  '<cors allow-credentials="false"><allowed-origins><origin>https://your-site.example</origin></allowed-origins><allowed-methods><method>*</method></allowed-methods><allowed-headers><header>*</header></allowed-headers></cors>';
